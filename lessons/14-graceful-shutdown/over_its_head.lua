-- expect: panic
-- main closes the channel on which somebody else still sends.

local orders = chan(1, "orders")
local wg = sync.WaitGroup()

local function waiter()
  for order = 1, 3 do
    orders:send(order)
  end
  wg:done()
end

local function cook()
  for order in orders:range() do
    print("order " .. order .. " served")
  end
  wg:done()
end

wg:add(2)
go(waiter)
go(cook)
orders:close()                          -- "we are closed"
wg:wait()
