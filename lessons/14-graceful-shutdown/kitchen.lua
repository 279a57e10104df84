-- The doors close after 22 ms.  What was accepted goes through, stage by stage.

local orders, dishes = chan(2, "orders"), chan(1, "dishes")
local served = chan(0, "served")
local ctx, close_doors = context.with_cancel(context.background())

local function reception()              -- an order comes every 10 ms
  local _ <close> = defer(orders.close, orders)
  for order = 1, 100 do
    local case = select { order = send(orders, order), done = recv(ctx:done()) }
    if case == "done" then return end
    time.sleep(10 * time.millisecond)
    if ctx:err() then return end
  end
end

local function cook()
  local _ <close> = defer(dishes.close, dishes)
  for order in orders:range() do        -- drains, then ends
    time.sleep(15 * time.millisecond)
    dishes:send(order)
  end
end

local function waiter()
  local count = 0
  for _ in dishes:range() do            -- drains, then ends
    count = count + 1
  end
  served:send(count)
end

go(reception)
go(cook)
go(waiter)
time.sleep(22 * time.millisecond)
close_doors()
print(served:recv() .. " served")
print("closed after " .. time.now() // time.millisecond .. " ms")
