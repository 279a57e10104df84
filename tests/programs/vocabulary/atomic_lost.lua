-- expect: wrong answer
-- Load and store are each atomic; together they are not.

local n = atomic.Int(0, "n")
local wg = sync.WaitGroup("wg")

for _ = 1, 2 do
  wg:add(1)
  go(function()
    n:store(n:load() + 1)
    wg:done()
  end)
end
wg:wait()
assert(n:load() == 2, "an update was lost")
