-- expect: wrong answer: 12 started
-- Never many at once, but still one for each item.

local keys = chan(3, "keys")
local wg, mu = sync.WaitGroup(), sync.Mutex()
local count, sum = 0, 0

local function work(n)
  time.sleep(10 * time.millisecond)
  mu:lock()
  count, sum = count + 1, sum + n * n
  mu:unlock()
end

local function one_item(n)
  local _ <close> = defer(wg.done, wg)
  work(n)
  keys:recv()
end

for n = 1, 12 do
  keys:send(true)
  wg:add(1)
  go(one_item, n)
end
wg:wait()
print(count .. " items, the sum of their squares is " .. sum)
