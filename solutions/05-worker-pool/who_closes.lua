-- Who closes results?  The workers are its senders, and there are several, so
-- none of them may: a coordinator waits for all of them and closes it once.

local jobs, results = chan(4, "jobs"), chan(0, "results")
local wg = sync.WaitGroup()

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

for n = 1, 4 do
  jobs:send(n)
end
jobs:close()

for _ = 1, 2 do
  wg:add(1)                             -- before go, so that Wait sees it
  go(worker)
end
go(coordinator)

local count, sum = 0, 0
for square in results:range() do
  count, sum = count + 1, sum + square
end
print(count .. " squares, their sum is " .. sum)
