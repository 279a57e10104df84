-- expect: wrong answer
-- Counts well, and does not wait.

local wg = sync.WaitGroup()
local box = chan(3, "box")

local function helper(n)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- on the way to the box
  box:send(n)
end

for n = 1, 3 do
  wg:add(1)
  go(helper, n)
end
print(#box .. " of 3 letters are posted")
