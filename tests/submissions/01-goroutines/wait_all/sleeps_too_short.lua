-- expect: wrong answer
-- Main sleeps a while and hopes that it is long enough.

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
end

for n = 1, 3 do
  go(carry, n)
end
time.sleep(5 * time.millisecond)
