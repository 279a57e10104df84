-- expect: deadlock
-- A Wait that does not look first: the signal may have been before it.

local mu = sync.Mutex("mu")
local ready = sync.Cond(mu, "ready")

go(function()
  mu:lock()
  ready:signal()
  mu:unlock()
end)
mu:lock()
ready:wait()
mu:unlock()
