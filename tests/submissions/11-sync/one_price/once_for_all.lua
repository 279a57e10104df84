-- expect: panic
-- One Once for the whole table: only the first price is ever worked out.

local wg = sync.WaitGroup("clerks")
local once = sync.Once()
local prices = sync.Map("prices")
local worked_out, sum = atomic.Int64(), atomic.Int64()

local function work_out(dish)
  time.sleep(10 * time.millisecond)
  worked_out:add(1)
  return #dish
end

local function price_of(dish)
  once:call(function()
    prices:store(dish, work_out(dish))
  end)
  return (prices:load(dish))
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
