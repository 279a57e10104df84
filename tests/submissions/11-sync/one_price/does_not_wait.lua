-- expect: wrong answer
-- Claims the place with a zero, and the others take the zero for the price.

local wg = sync.WaitGroup("clerks")
local prices = sync.Map("prices")
local worked_out, sum = atomic.Int64(), atomic.Int64()

local function work_out(dish)
  time.sleep(10 * time.millisecond)
  worked_out:add(1)
  return #dish
end

local function price_of(dish)
  local price, there = prices:load_or_store(dish, 0)
  if not there then
    price = work_out(dish)
    prices:store(dish, price)
  end
  return price
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
