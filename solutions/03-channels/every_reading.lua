-- The sensor is the only sender: it closes when it has sent all.  The loop
-- takes what is in the channel and ends when it is closed and empty; a zero
-- is a reading like any other.

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
for degrees in readings:range() do
  count, sum = count + 1, sum + degrees
end
print(count .. " readings, their sum is " .. sum)
