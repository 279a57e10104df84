-- Three parcels are on their way, and main goes home at once.
--
-- Nothing is printed: when main returns the program is over, wherever the
-- others are.
--
-- Your task: let main wait until every parcel has arrived.

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
  -- How could it tell main?
end

for n = 1, 3 do
  go(carry, n)
end
-- And how does main wait for all three?
