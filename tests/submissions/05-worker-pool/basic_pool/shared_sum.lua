-- expect: race
-- The workers add to one sum, and nothing keeps them apart.

local jobs = chan(0, "jobs")
local wg = sync.WaitGroup()
local count, sum = 0, 0

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
    count = count + 1
    sum = sum + n * n
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
go(feeder)
wg:wait()
print(count .. " squares, their sum is " .. sum)
