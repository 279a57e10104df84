-- expect: wrong answer: at least 3
-- Who is sure which library is the quickest needs not ask the others.

local answers = chan(0, "answers")

local function library(name, duration)
  time.sleep(duration)                  -- looks it up
  answers:send(name)
end

go(library, "corner", 10 * time.millisecond)

print("first answer: " .. answers:recv())
time.sleep(60 * time.millisecond)       -- reads what was asked for
