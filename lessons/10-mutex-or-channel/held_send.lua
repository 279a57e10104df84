-- expect: deadlock
-- The seller keeps the lock while the order is handed over.

local mu, orders = sync.Mutex("mu"), chan(0, "orders")
local stock = 3                         -- guarded by mu

local function seller()
  mu:lock()
  stock = stock - 1
  orders:send("lamp")                   -- and still holds mu
  mu:unlock()
end

go(seller)
mu:lock()
print("stock: " .. stock)
mu:unlock()
print("packs a " .. orders:recv())
