-- expect: wrong answer: should be '4 readings
-- Closes, but still takes a zero that was measured for the end.

local readings = chan(5, "readings")

local function sensor()
  for _, degrees in ipairs { 4, 0, -3, 7 } do
    time.sleep(10 * time.millisecond)   -- measures
    readings:send(degrees)
  end
  readings:close()                      -- no more will come
end

go(sensor)

local count, sum = 0, 0
while true do
  local degrees = readings:recv()
  if degrees == nil or degrees == 0 then break end
  count, sum = count + 1, sum + degrees
end
print(count .. " readings, their sum is " .. sum)
