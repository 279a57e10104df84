-- expect: wrong answer: ms of virtual time
-- A single worker: 120 ms.

local items = chan(0, "items")
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
  for n in items:range() do
    work(n)
  end
end

wg:add(1)
go(worker)
for _ = 1, 2 do
  go(function() end)
end
for n = 1, 12 do
  items:send(n)
end
items:close()
wg:wait()
print(count .. " items, the sum of their squares is " .. sum)
