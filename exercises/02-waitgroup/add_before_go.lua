-- Three helpers post a letter each, and main waits for them.
--
-- Sometimes main does not wait at all.  Check it: the story shows who asked
-- the WaitGroup when, and what it could know at that moment.
--
-- Your task: let Wait see all three, in every schedule.

local wg = sync.WaitGroup()
local box = chan(3, "box")

local function helper(n)
  wg:add(1)                             -- count me in
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- on the way to the box
  box:send(n)
end

for n = 1, 3 do
  go(helper, n)
end
wg:wait()
print(#box .. " of 3 letters are posted")
