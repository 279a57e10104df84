-- The porter may go home when the guard has the key, and not before.
--
-- Run it: the porter says that the guard has the key, and the guard is not
-- even here.  What does a finished send tell, on this channel?
--
-- Your task: let the porter speak only when it is true.

local key = chan(1, "key")

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  print("guard: I am here")
  key:recv()
end

go(guard)
key:send("front door")
print("porter: the guard has the key")
