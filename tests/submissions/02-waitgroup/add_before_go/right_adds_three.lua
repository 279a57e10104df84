-- expect: passed
-- Another way: one Add for all, before the first go.

local wg = sync.WaitGroup()
local box = chan(3, "box")

local function helper(n)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- on the way to the box
  box:send(n)
end

wg:add(3)
for n = 1, 3 do
  go(helper, n)
end
wg:wait()
print(#box .. " of 3 letters are posted")
