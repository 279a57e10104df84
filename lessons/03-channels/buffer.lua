-- A buffered channel: the sender may run ahead, but only by two.

local counter = chan(2, "counter")      -- the kitchen counter holds two dishes

local function cook()
  for dish = 1, 4 do
    counter:send(dish)                  -- waits only when the counter is full
  end
  counter:close()
end

go(cook)

time.sleep(10 * time.millisecond)       -- the waiter comes late
print("dishes waiting: " .. #counter)

for dish in counter:range() do
  print("served dish " .. dish)
end
