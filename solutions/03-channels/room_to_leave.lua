-- Three libraries send, main takes one answer and turns away.  So two
-- answers may still come, and there is room for both: no send waits for
-- somebody who has turned away.  Room for three is right as well.

local answers = chan(2, "answers")

local function library(name, duration)
  time.sleep(duration)                  -- looks it up
  answers:send(name)
end

go(library, "corner", 10 * time.millisecond)
go(library, "town", 30 * time.millisecond)
go(library, "state", 50 * time.millisecond)

print("first answer: " .. answers:recv())
time.sleep(60 * time.millisecond)       -- reads what was asked for
