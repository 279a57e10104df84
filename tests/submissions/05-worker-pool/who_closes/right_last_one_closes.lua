-- expect: passed
-- Another way: the last worker closes, found by a count under a lock.

local jobs, results = chan(4, "jobs"), chan(0, "results")
local mu, left = sync.Mutex(), 2

local function worker()
  for n in jobs:range() do
    results:send(n * n)
  end
  mu:lock()
  left = left - 1
  local last = left == 0
  mu:unlock()
  if last then
    results:close()
  end
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
