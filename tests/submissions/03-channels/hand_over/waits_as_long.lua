-- expect: wrong answer
-- Waits as long as the guard needs, and so they speak in any order.

local key = chan(1, "key")

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  print("guard: I am here")
  key:recv()
end

go(guard)
key:send("front door")
time.sleep(10 * time.millisecond)
print("porter: the guard has the key")
