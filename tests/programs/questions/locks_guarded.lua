-- review: lock order: fine: no circle of locks can deadlock
-- A third lock is held in both, so that the circle cannot close.
local gate, a, b, done = sync.Mutex("gate"), sync.Mutex("a"), sync.Mutex("b"), chan()
local function both(one, two)
  gate:lock()
  one:lock()
  two:lock()
  two:unlock()
  one:unlock()
  gate:unlock()
end
go(function()
  both(a, b)
  done:close()
end)
both(b, a)
done:recv()
