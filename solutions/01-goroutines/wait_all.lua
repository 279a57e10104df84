-- Main waits for the parcels.
--
-- Each one reports on a channel that it has arrived, and main receives as
-- many reports as it sent parcels.  It counts events and guesses no time.

local arrived = chan(0, "arrived")

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
  arrived:send(n)
end

for n = 1, 3 do
  go(carry, n)
end
for _ = 1, 3 do
  arrived:recv()
end
