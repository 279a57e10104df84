-- The channel has no room: the send is finished when the guard has received,
-- and so the porter knows.  With room for one it was finished when the key
-- lay on the counter.

local key = chan(0, "key")

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  print("guard: I am here")
  key:recv()
end

go(guard)
key:send("front door")
print("porter: the guard has the key")
