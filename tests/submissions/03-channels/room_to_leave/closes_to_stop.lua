-- expect: panic: send on closed channel
-- The receiver closes, and the next library to send trips over it.

local answers = chan(0, "answers")

local function library(name, duration)
  time.sleep(duration)                  -- looks it up
  answers:send(name)
end

go(library, "corner", 10 * time.millisecond)
go(library, "town", 30 * time.millisecond)
go(library, "state", 50 * time.millisecond)

print("first answer: " .. answers:recv())
answers:close()
time.sleep(60 * time.millisecond)       -- reads what was asked for
