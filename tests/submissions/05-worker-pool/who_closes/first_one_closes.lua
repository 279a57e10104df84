-- expect: panic: send on closed channel
-- Closed once, but by the worker that is done first: the other still sends.

local jobs, results = chan(4, "jobs"), chan(0, "results")
local mu, closed = sync.Mutex(), false

local function worker()
  for n in jobs:range() do
    results:send(n * n)
  end
  mu:lock()
  if not closed then
    closed = true
    results:close()
  end
  mu:unlock()
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
time.sleep(time.second)
