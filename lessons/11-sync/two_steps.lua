-- An atomic number.  Each operation on it is one step.

local count = atomic.Int64(0, "count")
local wg = sync.WaitGroup("adders")

local function add()
  local _ <close> = defer(wg.done, wg)
  local old = count:load()
  count:store(old + 1)
end

for _ = 1, 3 do
  wg:add(1)
  go(add)
end
wg:wait()
print("count: " .. count:load())
