-- counter.c of the folder above: N!.
local N = 3

local mu = sync.Mutex()
local wg = sync.WaitGroup()
local count = 0

wg:add(N)
for _ = 1, N do
  go(function()
    mu:lock()
    count = count + 1
    mu:unlock()
    wg:done()
  end)
end
wg:wait()
assert(count == N)
