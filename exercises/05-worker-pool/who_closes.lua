-- Who closes results?  main waits for results to be closed, and so somebody
-- must close it.  Here every worker does, when it finds no more jobs.
--
-- Check it: the workers trip over one another.
--
-- Your task: close results exactly once, and only when no worker can send on
-- it any more.  You will need something that counts the workers.

local jobs, results = chan(4, "jobs"), chan(0, "results")

local function worker()
  for n in jobs:range() do
    results:send(n * n)
  end
  results:close()
end

for n = 1, 4 do
  jobs:send(n)
end
jobs:close()

for _ = 1, 2 do
  go(worker)
end

local count, sum = 0, 0
for square in results:range() do
  count, sum = count + 1, sum + square
end
print(count .. " squares, their sum is " .. sum)
