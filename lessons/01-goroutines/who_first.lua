-- Three guests knock at the same time.  Who comes in first?

local door = chan(0, "door")

local function guest(name)
  door:send(name)
end

for _, name in ipairs { "Ann", "Bob", "Cleo" } do
  go(guest, name)
end

local heard = ""
for _ = 1, 3 do
  heard = heard .. door:recv() .. " "
end
print(heard .. "and the door is shut")
