-- expect: deadlock
-- Waits for one report more than will ever come.

local arrived = chan(0, "arrived")

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
  arrived:send(n)
end

for n = 1, 3 do
  go(carry, n)
end
for _ = 1, 4 do
  arrived:recv()
end
