-- expect: wrong answer: main had heard of 0 goroutines when it returned
-- Waits a millisecond longer and hopes: the porter has heard nothing.

local key = chan(1, "key")

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  print("guard: I am here")
  key:recv()
end

go(guard)
key:send("front door")
time.sleep(11 * time.millisecond)
print("porter: the guard has the key")
