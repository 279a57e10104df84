-- expect: wrong answer
-- Each worker counts itself in, which may be after main has stopped waiting.

local jobs, results = chan(0, "jobs"), chan(6, "results")
local wg = sync.WaitGroup()

-- Hands out the jobs, then says that there are no more.
local function feeder()
  local _ <close> = defer(jobs.close, jobs)
  for n = 1, 6 do
    jobs:send(n)
  end
end

local function worker()
  wg:add(1)
  local _ <close> = defer(wg.done, wg)
  for n in jobs:range() do              -- until jobs is closed and empty
    time.sleep(10 * time.millisecond)   -- the work
    results:send(n * n)
  end
end

for _ = 1, 3 do
  go(worker)
end
go(feeder)
wg:wait()

local count, sum = 0, 0
for _ = 1, #results do
  count, sum = count + 1, sum + results:recv()
end
print(count .. " squares, their sum is " .. sum)
