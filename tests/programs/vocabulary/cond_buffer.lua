-- expect: passed
-- A bounded buffer: each wait is a loop around its condition.

local mu = sync.Mutex("mu")
local not_empty = sync.Cond(mu, "not_empty")
local not_full = sync.Cond(mu, "not_full")
local buffer = {}

local function put(v)
  mu:lock()
  while #buffer == 1 do not_full:wait() end
  table.insert(buffer, v)
  not_empty:signal()
  mu:unlock()
end

local function take()
  mu:lock()
  while #buffer == 0 do not_empty:wait() end
  local v = table.remove(buffer, 1)
  not_full:signal()
  mu:unlock()
  return v
end

go(function()
  for i = 1, 2 do put(i) end
end)
print(take(), take())
