-- expect: wrong answer
-- Each worker takes the end of jobs for one more job.

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
  while true do
    local n, ok = jobs:recv()
    time.sleep(10 * time.millisecond)
    n = n or 0
    results:send(n * n)
    if not ok then return end
  end
end

-- When all workers are done, nobody sends on results any more.
local function coordinator()
  wg:wait()
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
