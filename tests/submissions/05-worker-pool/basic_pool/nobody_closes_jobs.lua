-- expect: leak
-- Counts the results, and leaves the workers waiting for a seventh job.

local jobs, results = chan(0, "jobs"), chan(0, "results")
local wg = sync.WaitGroup()

-- Hands out the jobs, then says that there are no more.
local function feeder()
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
for _ = 1, 6 do
  count, sum = count + 1, sum + results:recv()
end
print(count .. " squares, their sum is " .. sum)
