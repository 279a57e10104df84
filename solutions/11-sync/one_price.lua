-- What is stored is a promise: it works the price out at its first call, and
-- the others wait for it.  To find it or to put it there is one step.

local wg = sync.WaitGroup("clerks")
local prices = sync.Map("prices")
local worked_out, sum = atomic.Int64(), atomic.Int64()

local function work_out(dish)
  time.sleep(10 * time.millisecond)
  worked_out:add(1)
  return #dish
end

local function price_of(dish)
  local promise = sync.once_value(function() return work_out(dish) end)
  return prices:load_or_store(dish, promise)()
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
