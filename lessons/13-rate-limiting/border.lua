-- Three in each 100 ms, counted from 0, from 100, from 200, and so on.

local LIMIT = 3

local door = chan(0, "door")
local period, count, total = 0, 0, 0

local function allow(now)
  if now // 100 ~= period then          -- a new period: forget all
    period, count = now // 100, 0
  end
  count = count + 1
  return count <= LIMIT
end

local function guests()
  local _ <close> = defer(door.close, door)
  for _, at in ipairs { 92, 94, 96, 98, 102, 104, 106, 108 } do
    time.sleep(at * time.millisecond - time.now())
    door:send(at)
  end
end

go(guests)
for at in door:range() do
  if allow(at) then
    total = total + 1
  end
end
print(total .. " of 8 in 16 ms")
