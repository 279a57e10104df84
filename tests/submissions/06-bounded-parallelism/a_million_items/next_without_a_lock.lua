-- expect: race
-- The workers take the next number from one counter.

local next_one = 1
local wg, mu = sync.WaitGroup(), sync.Mutex()
local count, sum = 0, 0

local function work(n)
  time.sleep(10 * time.millisecond)
  mu:lock()
  count, sum = count + 1, sum + n * n
  mu:unlock()
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  while next_one <= 12 do
    local n = next_one
    next_one = n + 1
    work(n)
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
wg:wait()
print(count .. " items, the sum of their squares is " .. sum)
