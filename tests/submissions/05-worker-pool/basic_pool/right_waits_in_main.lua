-- expect: passed
-- Another way: room for all jobs and all results, and main itself waits.

local jobs, results = chan(6, "jobs"), chan(6, "results")
local wg = sync.WaitGroup()

local function worker()
  local _ <close> = defer(wg.done, wg)
  while true do
    local n, ok = jobs:recv()
    if not ok then return end
    time.sleep(10 * time.millisecond)
    results:send(n * n)
  end
end

for n = 1, 6 do
  jobs:send(n)
end
jobs:close()
for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
wg:wait()
results:close()

local count, sum = 0, 0
for square in results:range() do
  count, sum = count + 1, sum + square
end
print(count .. " squares, their sum is " .. sum)
