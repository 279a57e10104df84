-- Three ways out of one function, and one Done for all of them.

local wg = sync.WaitGroup("visitors")

local function visit(room)
  local _ <close> = defer(wg.done, wg)  -- first line: holds for all that follow
  if room == "locked" then return end
  time.sleep(10 * time.millisecond)
  if room == "empty" then return end
  print("somebody is in the " .. room)
end

for _, room in ipairs { "locked", "kitchen", "empty" } do
  wg:add(1)
  go(visit, room)
end
wg:wait()
print("all visitors are back")
