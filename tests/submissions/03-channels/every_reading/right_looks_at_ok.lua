-- expect: passed
-- Another way: receive, and look at ok.

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
  if not ok then break end
  count, sum = count + 1, sum + degrees
end
print(count .. " readings, their sum is " .. sum)
