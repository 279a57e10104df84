-- expect: deadlock
-- No room, and the guard takes no key: the porter stands there for ever.

local key = chan(0, "key")

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  print("guard: I am here")
end

go(guard)
key:send("front door")
print("porter: the guard has the key")
