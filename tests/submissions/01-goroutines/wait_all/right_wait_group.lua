-- expect: passed
-- Another way: a WaitGroup counts the parcels.

local wg = sync.WaitGroup()

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
  wg:done()
end

for n = 1, 3 do
  wg:add(1)
  go(carry, n)
end
wg:wait()
