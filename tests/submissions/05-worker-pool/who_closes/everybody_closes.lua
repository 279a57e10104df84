-- expect: panic: close of closed channel
-- Each worker waits for the others, and then each of them closes.

local jobs, results = chan(4, "jobs"), chan(0, "results")
local wg = sync.WaitGroup()

local function worker()
  for n in jobs:range() do
    results:send(n * n)
  end
  wg:done()
  wg:wait()
  results:close()
end

for n = 1, 4 do
  jobs:send(n)
end
jobs:close()

for _ = 1, 2 do
  wg:add(1)                             -- before go, so that Wait sees it
  go(worker)
end

local count, sum = 0, 0
for square in results:range() do
  count, sum = count + 1, sum + square
end
print(count .. " squares, their sum is " .. sum)
time.sleep(time.second)
