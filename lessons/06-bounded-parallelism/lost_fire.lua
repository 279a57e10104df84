-- expect: deadlock
-- A guest without a pot goes home.  What did he take with him?

local fires = chan(2, "fires")
local wg = sync.WaitGroup("guests")

local function guest(pot)
  local _ <close> = defer(wg.done, wg)
  if pot == "none" then return end
  time.sleep(10 * time.millisecond)
  fires:recv()                          -- give the fire back
end

for _, pot in ipairs { "soup", "none", "none", "rice" } do
  fires:send(pot)
  wg:add(1)
  go(guest, pot)
end
wg:wait()
print("all guests have eaten")
