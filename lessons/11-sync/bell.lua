-- expect: deadlock
-- The cook rings once, the guest waits for the ring.

local mu = sync.Mutex("mu")
local bell = sync.Cond(mu, "bell")

local function cook()
  print("soup is ready")
  bell:signal()
end

go(cook)
mu:lock()
bell:wait()
mu:unlock()
print("main eats")
