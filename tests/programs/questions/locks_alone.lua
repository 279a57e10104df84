-- review: lock order: fine: no circle of locks can deadlock
-- One goroutine takes two locks in both orders: it cannot wait for itself.
local a, b = sync.Mutex("a"), sync.Mutex("b")
a:lock()
b:lock()
b:unlock()
a:unlock()
b:lock()
a:lock()
a:unlock()
b:unlock()
