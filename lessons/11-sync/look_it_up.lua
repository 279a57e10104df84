-- A cache that two share.  Every operation on it is safe.

local cache, wg = sync.Map("cache"), sync.WaitGroup("clerks")

local function work_out(dish)
  print("working out " .. dish)
  return #dish
end

local function price_of(dish)
  local price, ok = cache:load(dish)
  if not ok then
    price = work_out(dish)
    cache:store(dish, price)
  end
  return price
end

local function clerk()
  local _ <close> = defer(wg.done, wg)
  print("soup is " .. price_of("soup"))
end

for _ = 1, 2 do
  wg:add(1)
  go(clerk)
end
wg:wait()
