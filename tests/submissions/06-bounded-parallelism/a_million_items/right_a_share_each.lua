-- expect: passed
-- Another way: each worker has a share of its own.

local wg, mu = sync.WaitGroup(), sync.Mutex()
local count, sum = 0, 0

local function work(n)
  time.sleep(10 * time.millisecond)
  mu:lock()
  count, sum = count + 1, sum + n * n
  mu:unlock()
end

local function worker(first)
  local _ <close> = defer(wg.done, wg)
  for n = first, 12, 3 do
    work(n)
  end
end

for first = 1, 3 do
  wg:add(1)
  go(worker, first)
end
wg:wait()
print(count .. " items, the sum of their squares is " .. sum)
