-- A day at the weather station: it reads the thermometer each hour, and the
-- check waits until the day is over.

local readings = chan(0, "readings")
local ctx, cancel = context.with_timeout(
  context.background(), 24 * time.hour + 30 * time.minute)
local hour = time.ticker(time.hour)

local function station()
  while true do
    local case = select { hour = recv(hour.c), over = recv(ctx:done()) }
    if case == "over" then break end
    readings:send(true)
  end
  readings:close()
end

go(station)

local n = 0
for _ in readings:range() do
  n = n + 1
end
hour:stop()
cancel()
if n ~= 24 then                     -- the check
  panic(n .. " readings")
end
print("ok: " .. n .. " readings")
