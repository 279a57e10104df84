-- Twelve items stand for a million here.  A semaphore lets three of them work
-- at a time; and yet there is a goroutine for each, from the start, and most
-- of them only wait for a key.
--
-- Your task: the same work, three at a time, with four goroutines at most.

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
  keys:send(true)                       -- nine of twelve wait here
  work(n)
  keys:recv()
end

for n = 1, 12 do
  wg:add(1)
  go(one_item, n)
end
wg:wait()
print(count .. " items, the sum of their squares is " .. sum)
