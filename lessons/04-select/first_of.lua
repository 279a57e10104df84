-- Two things may happen; main takes whichever happens first.

local bell, phone = chan(0, "bell"), chan(0, "phone")

local function ring(who, after)
  time.sleep(after * time.millisecond)
  who:send("rings after " .. after .. " ms")
end

go(ring, bell, 20)
go(ring, phone, 10)

for _ = 1, 2 do
  local case, text = select { bell = recv(bell), phone = recv(phone) }
  print("the " .. case .. " " .. text)
end
