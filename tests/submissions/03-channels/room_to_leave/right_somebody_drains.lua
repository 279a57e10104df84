-- expect: passed
-- Another way: no room, but somebody stays and takes the late answers.

local answers = chan(0, "answers")

local function library(name, duration)
  time.sleep(duration)                  -- looks it up
  answers:send(name)
end

go(library, "corner", 10 * time.millisecond)
go(library, "town", 30 * time.millisecond)
go(library, "state", 50 * time.millisecond)

local first = answers:recv()
go(function()
  answers:recv()
  answers:recv()
end)
print("first answer: " .. first)
time.sleep(60 * time.millisecond)       -- reads what was asked for
