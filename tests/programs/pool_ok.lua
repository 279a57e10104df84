-- expect: passed
-- A small pool that ends well: two workers, three jobs, one coordinator.

local jobs, results = chan(0, "jobs"), chan(0, "results")
local wg = sync.WaitGroup()

local function feeder()
  local _ <close> = defer(jobs.close, jobs)
  for n = 1, 3 do
    jobs:send(n)
  end
end

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

for _ = 1, 2 do
  wg:add(1)
  go(worker)
end
go(feeder)
go(coordinator)

local sum = 0
for square in results:range() do
  sum = sum + square
end
print("sum: " .. sum)
