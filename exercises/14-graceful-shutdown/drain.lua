-- The shop closes, and what was accepted is lost.
--
-- At 22 ms the doors close.  Five orders are accepted by then, but the cooks
-- hear the bell as well, and go home with orders waiting.
--
-- Your task: whatever was accepted is done before main goes home.

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
  while true do
    local case, _, ok = select { order = recv(orders), done = recv(ctx:done()) }
    if case == "done" or not ok then return end
    time.sleep(12 * time.millisecond)   -- the work
    mu:lock()
    done = done + 1
    mu:unlock()
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
