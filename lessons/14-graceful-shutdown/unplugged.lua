-- The shop is closed by pulling the plug.

local orders = chan(3, "orders")
local served = atomic.Int(0)

local function cook()
  for _ in orders:range() do
    time.sleep(10 * time.millisecond)   -- the work
    served:add(1)
  end
end

for order = 1, 3 do
  orders:send(order)                    -- accepted: a promise
end
orders:close()

go(cook)
time.sleep(15 * time.millisecond)
print("3 accepted, " .. served:load() .. " served")
