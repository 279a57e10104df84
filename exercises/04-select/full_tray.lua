-- A sensor takes five readings and puts them on a tray with room for two.  The
-- reader is at lunch, and comes back when the sensor is finished.
--
-- The sensor must never wait: when the tray is full, the reading is dropped
-- and counted.  As it stands, the sensor waits for the reader, and the reader
-- for the sensor.
--
-- Your task: put the reading on the tray if there is room, else drop it.

local tray, kept = chan(2, "tray"), chan(1, "kept")
local lunch = chan(0, "lunch")

local function reader()
  lunch:recv()                          -- until lunch is over
  local count = 0
  for _ in tray:range() do
    count = count + 1
  end
  kept:send(count)
end

go(reader)

local dropped = 0
for n = 1, 5 do
  tray:send(n)                          -- waits when the tray is full
end
lunch:close()
tray:close()
print(kept:recv() .. " kept, " .. dropped .. " dropped")
