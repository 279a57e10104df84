-- expect: race
-- The last worker closes, found by a count that nothing protects.

local jobs, results = chan(4, "jobs"), chan(0, "results")
local left = 2

local function worker()
  for n in jobs:range() do
    results:send(n * n)
  end
  left = left - 1
  if left == 0 then
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
