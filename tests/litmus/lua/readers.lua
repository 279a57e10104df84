-- readers.c of the folder above: one stores, N load: 2^N.
local N = 3

local x = atomic.Int(0)
local wg = sync.WaitGroup()

wg:add(N + 1)
go(function() x:store(1) wg:done() end)
for _ = 1, N do
  go(function() x:load() wg:done() end)
end
wg:wait()
