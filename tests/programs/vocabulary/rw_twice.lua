-- expect: deadlock
-- A reader locks again while a writer waits for it.

local rw = sync.RWMutex("rw")

go(function()
  rw:lock()
  rw:unlock()
end)
rw:rlock()
rw:rlock()
rw:runlock()
rw:runlock()
