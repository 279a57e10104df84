-- expect: panic: negative WaitGroup counter
-- The helper may be done before main has counted it in.

local wg = sync.WaitGroup()
local box = chan(3, "box")

local function helper(n)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- on the way to the box
  box:send(n)
end

for n = 1, 3 do
  go(helper, n)
  time.sleep(20 * time.millisecond)
  wg:add(1)
end
wg:wait()
print(#box .. " of 3 letters are posted")
