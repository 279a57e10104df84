-- Done comes before what is to be waited for
local name = "nobody"
local wg = sync.WaitGroup()

local function greet()
  wg:done()
  name = "gopher"
end

wg:add(1)
go(greet)
wg:wait()
print(name)
