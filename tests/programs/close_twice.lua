-- expect: panic: close of closed channel
-- Each worker waits until all have sent, and then each of them closes results.

local results = chan(2, "results")
local wg = sync.WaitGroup()

local function worker(n)
  results:send(n * n)
  wg:done()
  wg:wait()
  results:close()
end

for n = 1, 2 do
  wg:add(1)
  go(worker, n)
end

local sum = 0
for square in results:range() do
  sum = sum + square
end
time.sleep(time.second)
print("sum: " .. sum)
