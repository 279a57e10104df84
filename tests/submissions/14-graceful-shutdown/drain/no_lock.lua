-- expect: race
-- Two cooks count at the same time.

local LAST = 8

local orders = chan(4, "orders")
local ctx, close_doors = context.with_cancel(context.background())
local wg, mu = sync.WaitGroup(), sync.Mutex("mu")
local accepted, done = 0, 0

-- Accepts an order each 5 ms.  The only sender, so it closes orders.
local function reception()
  local _ <close> = defer(wg.done, wg)
  local _ <close> = defer(orders.close, orders)
  for order = 1, LAST do
    if ctx:err() then return end
    orders:send(order)
    mu:lock()
    accepted = accepted + 1
    mu:unlock()
    time.sleep(5 * time.millisecond)
  end
end

local function cook()
  local _ <close> = defer(wg.done, wg)
  for _ in orders:range() do
    time.sleep(12 * time.millisecond)   -- the work
    done = done + 1
  end
end

wg:add(3)
go(reception)
go(cook)
go(cook)
time.sleep(22 * time.millisecond)
close_doors()
wg:wait()
mu:lock()
print(accepted .. " accepted, " .. done .. " done")
mu:unlock()
