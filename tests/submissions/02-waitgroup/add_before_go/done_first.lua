-- expect: wrong answer
-- Each helper says that it is done before it begins.

local wg = sync.WaitGroup()
local box = chan(3, "box")

local function helper(n)
  wg:done()
  time.sleep(10 * time.millisecond)     -- on the way to the box
  box:send(n)
end

for n = 1, 3 do
  wg:add(1)
  go(helper, n)
end
wg:wait()
print(#box .. " of 3 letters are posted")
