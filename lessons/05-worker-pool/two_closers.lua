-- expect: panic
-- Every worker closes results when it finds no more jobs.

local jobs, results = chan(4, "jobs"), chan(0, "results")

local function worker()
  for n in jobs:range() do
    time.sleep(10 * time.millisecond)   -- the work
    results:send(n * n)
  end
  results:close()                       -- "I am finished, so it is finished"
end

for n = 1, 4 do
  jobs:send(n)
end
jobs:close()
go(worker)
go(worker)

for square in results:range() do
  print(square)
end
time.sleep(time.second)                 -- see what the other worker does
