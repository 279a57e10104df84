-- expect: wrong answer
-- Stores a promise, but in two steps: a later one takes its place.

local wg = sync.WaitGroup("clerks")
local prices = sync.Map("prices")
local worked_out, sum = atomic.Int64(), atomic.Int64()

local function work_out(dish)
  time.sleep(10 * time.millisecond)
  worked_out:add(1)
  return #dish
end

local function price_of(dish)
  local promise, ok = prices:load(dish)
  if not ok then
    promise = sync.once_value(function() return work_out(dish) end)
    prices:store(dish, promise)
  end
  return promise()
end

local function clerk(dish)
  local _ <close> = defer(wg.done, wg)
  sum:add(price_of(dish))
end

for _, dish in ipairs { "soup", "bread", "soup", "soup" } do
  wg:add(1)
  go(clerk, dish)
end
wg:wait()
print("4 prices, their sum is " .. sum:load())
print(worked_out:load() .. " worked out")
