-- expect: passed
-- One of them stores, the other gets what was stored.

local m = sync.Map("m")
local wg = sync.WaitGroup("wg")
local stored = atomic.Int(0)

for id = 1, 2 do
  wg:add(1)
  go(function()
    local v, loaded = m:load_or_store("k", id)
    if not loaded then stored:add(1) end
    assert(v == m:load("k"))
    wg:done()
  end)
end
wg:wait()
assert(stored:load() == 1)

m = sync.Map()
m:store("a", 1)
m:store("b", {2})
print(m:load("a"), m:load("c"))
local first = m:compare_and_swap("a", 1, 10)
print(first, m:compare_and_swap("a", 1, 11), m:swap("a", 12))
m:range(function(k, v) io.write(k, "=", type(v), " ") end)
print(m:load_and_delete("a"))
m:delete("b")
m:range(function() error("nothing is left") end)
