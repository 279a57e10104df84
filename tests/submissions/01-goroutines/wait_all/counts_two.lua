-- expect: wrong answer
-- Waits for two of three.

local arrived = chan(3, "arrived")

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
  arrived:send(n)
end

for n = 1, 3 do
  go(carry, n)
end
for _ = 1, 2 do
  arrived:recv()
end
