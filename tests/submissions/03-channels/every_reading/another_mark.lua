-- expect: wrong answer: values sent and received
-- The mark is a number that was not measured today.

local readings = chan(5, "readings")

local function sensor()
  for _, degrees in ipairs { 4, 0, -3, 7 } do
    time.sleep(10 * time.millisecond)   -- measures
    readings:send(degrees)
  end
  readings:send(-1000)                  -- no more will come
end

go(sensor)

local count, sum = 0, 0
while true do
  local degrees = readings:recv()
  if degrees == -1000 then break end
  count, sum = count + 1, sum + degrees
end
print(count .. " readings, their sum is " .. sum)
