-- expect: wrong answer
-- The guard takes the key first and speaks then: the porter may be quicker.

local key = chan(0, "key")

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  key:recv()
  print("guard: I am here")
end

go(guard)
key:send("front door")
print("porter: the guard has the key")
