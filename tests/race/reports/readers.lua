-- readers that write
local rw, wg = sync.RWMutex(), sync.WaitGroup()
local cache = { hits = 0 }

local function lookup()
  rw:rlock()
  cache.hits = cache.hits + 1
  rw:runlock()
  wg:done()
end

wg:add(2)
go(lookup)
go(lookup)
wg:wait()
