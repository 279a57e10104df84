-- expect: wrong answer: main took 120 ms
-- The workers hold the lock while they work, so only one of them works at a time.

local items = chan(0, "items")
local wg, mu = sync.WaitGroup(), sync.Mutex()
local count, sum = 0, 0

local function work(n)
  mu:lock()
  time.sleep(10 * time.millisecond)
  count, sum = count + 1, sum + n * n
  mu:unlock()
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  for n in items:range() do
    work(n)
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
for n = 1, 12 do
  items:send(n)
end
items:close()
wg:wait()
print(count .. " items, the sum of their squares is " .. sum)
