-- expect: deadlock
-- The mark is gone, and nobody closes: the loop waits for ever.

local readings = chan(5, "readings")

local function sensor()
  for _, degrees in ipairs { 4, 0, -3, 7 } do
    time.sleep(10 * time.millisecond)   -- measures
    readings:send(degrees)
  end
end

go(sensor)

local count, sum = 0, 0
for degrees in readings:range() do
  count, sum = count + 1, sum + degrees
end
print(count .. " readings, their sum is " .. sum)
