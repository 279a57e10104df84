-- expect: wrong answer
-- Main sleeps as long as a parcel needs: who wakes first is luck.

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
end

for n = 1, 3 do
  go(carry, n)
end
time.sleep(10 * time.millisecond)
