-- ainc.c of the folder above: N!^2.
local N = 3

local x = atomic.Int(0)
local wg = sync.WaitGroup()

wg:add(N)
for _ = 1, N do
  go(function()
    x:store(x:load() + 1)
    wg:done()
  end)
end
wg:wait()
