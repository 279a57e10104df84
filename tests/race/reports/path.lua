-- a field of a table, locked by one side only
local stats = { hits = { get = 0, put = 0 } }
local mu, wg = sync.Mutex(), sync.WaitGroup()

local function bump(kind)
  stats.hits[kind] = stats.hits[kind] + 1
end

local function careful()
  mu:lock()
  bump("get")
  mu:unlock()
  wg:done()
end

local function careless()
  bump("get")
  wg:done()
end

wg:add(2)
go(careful)
go(careless)
wg:wait()
