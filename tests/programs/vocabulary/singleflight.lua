-- expect: passed
-- Two want the same at the same time: fetched once, or one after the other.

local s = singleflight.group("fetches")
local fetched, wg = atomic.Int(0, "fetched"), sync.WaitGroup("wg")

for _ = 1, 2 do
  wg:add(1)
  go(function()
    local v, err = s:call("user", function()
      fetched:add(1)
      return "ann"
    end)
    assert(v == "ann" and err == nil)
    wg:done()
  end)
end
wg:wait()
print(fetched:load() <= 2)
