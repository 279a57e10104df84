-- Lock and Unlock of a mutex nobody else wants.
local mu = sync.Mutex()
for _ = 1, N do
    mu:lock()
    mu:unlock()
end
