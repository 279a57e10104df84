-- expect: deadlock
-- Counts four in, and three out.

local wg = sync.WaitGroup()
local box = chan(3, "box")

local function helper(n)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- on the way to the box
  box:send(n)
end

wg:add(4)
for n = 1, 3 do
  go(helper, n)
end
wg:wait()
print(#box .. " of 3 letters are posted")
