-- expect: wrong answer
-- No goroutine: main carries each parcel itself.

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
end

for n = 1, 3 do
  carry(n)
end
