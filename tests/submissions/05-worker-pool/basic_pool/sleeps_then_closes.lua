-- expect: wrong answer: line 1 of the output should be
-- Closes results when the work should be over, without asking whether it is.

local jobs, results = chan(0, "jobs"), chan(0, "results")
local wg = sync.WaitGroup()

-- Hands out the jobs, then says that there are no more.
local function feeder()
  local _ <close> = defer(jobs.close, jobs)
  for n = 1, 6 do
    jobs:send(n)
  end
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  for n in jobs:range() do              -- until jobs is closed and empty
    time.sleep(10 * time.millisecond)   -- the work
    results:send(n * n)
  end
end

-- When all workers are done, nobody sends on results any more.
local function coordinator()
  time.sleep(20 * time.millisecond)
  results:close()
end

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
go(feeder)
go(coordinator)

local count, sum = 0, 0
for square in results:range() do
  count, sum = count + 1, sum + square
end
print(count .. " squares, their sum is " .. sum)
