-- expect: wrong answer: values sent and received
-- The porter waits for the guard, and the key is never taken.

local key = chan(1, "key")
local wg = sync.WaitGroup()

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  print("guard: I am here")
  wg:done()
end

wg:add(1)
go(guard)
key:send("front door")
wg:wait()
print("porter: the guard has the key")
