-- expect: deadlock
-- There is no coordinator: main waits for the end of results for ever.

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

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
go(feeder)

local count, sum = 0, 0
for square in results:range() do
  count, sum = count + 1, sum + square
end
print(count .. " squares, their sum is " .. sum)
