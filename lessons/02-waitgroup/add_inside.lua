-- expect: panic: send on closed channel
-- Each helper counts itself in.  What does Wait see before it has run?

local wg = sync.WaitGroup("helpers")
local results = chan(3, "results")

local function helper(n)
  wg:add(1)
  local _ <close> = defer(wg.done, wg)
  results:send(n * n)
end

for n = 1, 3 do
  go(helper, n)
end
wg:wait()
results:close()                         -- "they have all sent"

local sum = 0
for square in results:range() do
  sum = sum + square
end
print("sum: " .. sum)
