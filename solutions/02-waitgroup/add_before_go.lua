-- Add stands before go, in the goroutine that starts the others.  So the count
-- is right before anybody can look at it: main calls Wait only after all three
-- Adds, since it makes them itself.

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
wg:wait()
print(#box .. " of 3 letters are posted")
