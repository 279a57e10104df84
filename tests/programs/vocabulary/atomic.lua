-- expect: passed
-- Counted without a lock.

local hits = atomic.Int(0, "hits")
local wg = sync.WaitGroup("wg")

for _ = 1, 2 do
  wg:add(1)
  go(function()
    hits:add(1)
    repeat local old = hits:load() until hits:cas(old, old * 2)
    wg:done()
  end)
end
wg:wait()
local n = hits:load()
assert(n == 6 or n == 8, n)

local flag = atomic.Bool(false, "flag")
go(function() flag:store(true) end)
while not flag:load() do end

local v = atomic.Value("w")
print(v:load(), v:swap("x"), v:cas("x", "y"), v:cas("x", "z"), v:load())
