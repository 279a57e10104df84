-- expect: wrong answer: at least 1
-- No sensor, no channel: main does it all.

local count, sum = 0, 0
for _, degrees in ipairs { 4, 0, -3, 7 } do
  time.sleep(10 * time.millisecond)
  count, sum = count + 1, sum + degrees
end
print(count .. " readings, their sum is " .. sum)
