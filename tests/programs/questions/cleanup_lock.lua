-- review: cleanup: red flag: mu: still locked when all was over
local mu = sync.Mutex()
mu:lock()
