-- expect: wrong answer: goroutines besides main slept or worked for 20 ms in all
-- main carries one itself, and a third goroutine is there to be counted.

local arrived = chan(0, "arrived")
local over = chan(0, "over")

local function carry(n)
  time.sleep(10 * time.millisecond)     -- on the road
  print("parcel " .. n .. " has arrived")
end

for n = 1, 2 do
  go(function() carry(n) arrived:send(n) end)
end
go(function() over:recv() arrived:send(0) end)
carry(3)
over:close()
for _ = 1, 3 do
  arrived:recv()
end
