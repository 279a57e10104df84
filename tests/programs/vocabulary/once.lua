-- expect: passed
-- All use what one of them has made.

local once = sync.Once("once")
local config, made = nil, 0
local wg = sync.WaitGroup("wg")

for _ = 1, 3 do
  wg:add(1)
  go(function()
    once:call(function()
      made = made + 1
      config = {port = 80}
    end)
    assert(config.port == 80)
    wg:done()
  end)
end
wg:wait()
assert(made == 1)
print(pcall(function() sync.Once():call(function() error("once", 0) end) end))
