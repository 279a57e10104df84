-- review: lock order: advice: mu is held for 100ns of virtual time
local mu = sync.Mutex()
mu:lock()
time.sleep(100)
mu:unlock()
