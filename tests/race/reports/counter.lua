-- a global counter, and nothing around it
count = 0
local wg = sync.WaitGroup()

local function hit()
  count = count + 1
  wg:done()
end

wg:add(2)
go(hit)
go(hit)
wg:wait()
print(count)
