-- expect: wrong answer: line 1 of the output should be
-- More room: the porter knows even less.

local key = chan(2, "key")

local function guard()
  time.sleep(10 * time.millisecond)     -- on the way to the house
  print("guard: I am here")
  key:recv()
end

go(guard)
key:send("front door")
print("porter: the guard has the key")
