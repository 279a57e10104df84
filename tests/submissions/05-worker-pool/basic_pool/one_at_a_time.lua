-- expect: wrong answer
-- Three workers, and one lock around the work: they take turns.

local jobs, results = chan(0, "jobs"), chan(0, "results")
local wg, turn = sync.WaitGroup(), sync.Mutex()

local function feeder()
  local _ <close> = defer(jobs.close, jobs)
  for n = 1, 6 do
    jobs:send(n)
  end
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  for n in jobs:range() do
    turn:lock()
    time.sleep(10 * time.millisecond)
    turn:unlock()
    results:send(n * n)
  end
end

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
