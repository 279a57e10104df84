-- expect: race
-- A cache that is written under the readers' lock.

local rw = sync.RWMutex("rw")
local cache = {n = 0}
local wg = sync.WaitGroup("wg")

for _ = 1, 2 do
  wg:add(1)
  go(function()
    rw:rlock()
    cache.n = cache.n + 1
    rw:runlock()
    wg:done()
  end)
end
wg:wait()
