-- expect: passed
-- A cache: many read at once, one writes alone.

local rw = sync.RWMutex("rw")
local cache = {a = 1}
local wg = sync.WaitGroup("wg")

local function reader()
  rw:rlock()
  local v = cache.a
  rw:runlock()
  assert(v == 1 or v == 2, "a reader saw half a change")
  wg:done()
end

wg:add(3)
go(reader)
go(reader)
go(function()
  rw:lock()
  cache.a = cache.a + 1
  rw:unlock()
  wg:done()
end)
wg:wait()
rw:rlock()
print(cache.a, rw:try_lock(), rw:try_rlock())
rw:runlock()
rw:runlock()
