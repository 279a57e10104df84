-- expect: livelock
-- Looks again and again, as fast as it can.  Who would ever send?

local box = chan(1, "box")
local looks = 0

while true do
  local case = select { letter = recv(box), default = true }
  if case == "letter" then break end
  looks = looks + 1
end
print("a letter after " .. looks .. " looks")
