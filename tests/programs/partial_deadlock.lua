-- expect: deadlock
-- Two locks in two orders; main does not wait for those who do.

local a, b = sync.Mutex("a"), sync.Mutex("b")
local function both(one, two)
  one:lock()
  go.gosched()
  two:lock()
  two:unlock()
  one:unlock()
end
go(both, a, b)
go(both, b, a)
time.sleep(10)
print("main goes on")
