-- expect: race
-- Each shop locks its own till.  And the sum of both?

local wg = sync.WaitGroup("sales")
local total = 0                         -- guarded by whom?

local function sell(shop, price)
  local _ <close> = defer(wg.done, wg)
  go.name(shop.name)
  shop.mu:lock()
  shop.till = shop.till + price
  local before = total
  print(shop.name .. " sells for " .. price)
  total = before + price
  shop.mu:unlock()
end

local bakery = { name = "bakery", till = 0, mu = sync.Mutex("bakery.mu") }
local dairy = { name = "dairy", till = 0, mu = sync.Mutex("dairy.mu") }

wg:add(2)
go(sell, bakery, 3)
go(sell, dairy, 5)
wg:wait()
print("total: " .. total)
