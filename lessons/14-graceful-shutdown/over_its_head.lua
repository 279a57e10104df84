-- expect: panic
-- main closes the channel on which somebody else still sends.

local orders = chan(1, "orders")
local wg = sync.WaitGroup()

local function waiter()
  local _ <close> = defer(wg.done, wg)
  for order = 1, 3 do
    orders:send(order)
  end
end

local function cook()
  local _ <close> = defer(wg.done, wg)
  for order in orders:range() do
    print("order " .. order .. " served")
  end
end

wg:add(2)
go(waiter)
go(cook)
orders:close()                          -- "we are closed"
wg:wait()
