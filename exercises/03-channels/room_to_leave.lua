-- The first of three answers will do: main takes it and reads on.
--
-- It prints what it should, and yet it is not well: check it.  The two
-- libraries that were slower are left behind, each with an answer that
-- nobody takes.
--
-- Your task: let all three come to their end.  main must not wait for them,
-- and how much room do they need?

local answers = chan(0, "answers")

local function library(name, duration)
  time.sleep(duration)                  -- looks it up
  answers:send(name)
end

go(library, "corner", 10 * time.millisecond)
go(library, "town", 30 * time.millisecond)
go(library, "state", 50 * time.millisecond)

print("first answer: " .. answers:recv())
time.sleep(60 * time.millisecond)       -- reads what was asked for
