-- A sensor measures, main adds up.  A zero says that no more will come.
--
-- Run it: where are the other readings?  Any number that the mark could be
-- may be measured one day.
--
-- Your task: let the channel itself say that the end has come, and read
-- until then.

local readings = chan(5, "readings")

local function sensor()
  for _, degrees in ipairs { 4, 0, -3, 7 } do
    time.sleep(10 * time.millisecond)   -- measures
    readings:send(degrees)
  end
  readings:send(0)                      -- no more will come
end

go(sensor)

local count, sum = 0, 0
while true do
  local degrees = readings:recv()
  if degrees == 0 then break end
  count, sum = count + 1, sum + degrees
end
print(count .. " readings, their sum is " .. sum)
