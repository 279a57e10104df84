-- expect: wrong answer: ms of virtual time
-- Main sleeps so long that it is sure, and wastes the rest.

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
end

for n = 1, 3 do
  go(carry, n)
end
time.sleep(time.second)
