-- expect: passed
-- Another way: room for one, and the guard gives a receipt.

local key = chan(1, "key")
local receipt = chan(0, "receipt")

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  print("guard: I am here")
  key:recv()
  receipt:send(true)
end

go(guard)
key:send("front door")
receipt:recv()
print("porter: the guard has the key")
