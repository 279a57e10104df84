-- expect: wrong answer: should be '4 readings
-- Looks at ok after it has counted: the zero of the close is one more.

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
  local degrees, ok = readings:recv()
  degrees = degrees or 0
  count, sum = count + 1, sum + degrees
  if not ok then break end
end
print(count .. " readings, their sum is " .. sum)
