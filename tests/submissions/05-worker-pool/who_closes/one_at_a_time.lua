-- expect: wrong answer: no run ever has more than 1
-- Waits for each worker before it starts the next: the first has done it all.

local jobs, results = chan(4, "jobs"), chan(4, "results")
local wg = sync.WaitGroup()

local function worker()
  local _ <close> = defer(wg.done, wg)
  for n in jobs:range() do
    results:send(n * n)
  end
end

local function coordinator()
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
  wg:wait()
end
go(coordinator)

local count, sum = 0, 0
for square in results:range() do
  count, sum = count + 1, sum + square
end
print(count .. " squares, their sum is " .. sum)
