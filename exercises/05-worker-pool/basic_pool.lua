-- A basic pool: three workers square six numbers.
--
-- This one hangs.  Check it and read the story: everybody waits, each for a
-- thing that never happens.  Find the first wait that nothing will end.
--
-- Your task: let every goroutine of the pool come to its end.

local jobs, results = chan(0, "jobs"), chan(0, "results")
local wg = sync.WaitGroup()

-- Hands out the jobs.
local function feeder()
  for n = 1, 6 do
    jobs:send(n)
  end
  -- How does a worker learn that there are no more?
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
for square in results:range() do
  count, sum = count + 1, sum + square
end
print(count .. " squares, their sum is " .. sum)
