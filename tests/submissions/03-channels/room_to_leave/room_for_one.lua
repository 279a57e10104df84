-- expect: leak
-- Room for one: the second library puts its answer down, the third is stuck.

local answers = chan(1, "answers")

local function library(name, duration)
  time.sleep(duration)                  -- looks it up
  answers:send(name)
end

go(library, "corner", 10 * time.millisecond)
go(library, "town", 30 * time.millisecond)
go(library, "state", 50 * time.millisecond)

print("first answer: " .. answers:recv())
time.sleep(60 * time.millisecond)       -- reads what was asked for
