-- expect: wrong answer
-- No timeout: the slow library is waited for.

local function library(name, duration, answer)
  time.sleep(duration)                  -- looks it up
  answer:send(name .. ": 42")
end

local function ask(name, duration)
  local answer = chan(1, "answer")
  go(library, name, duration, answer)
  local value = answer:recv()
  print(value)
end

ask("quick", 10 * time.millisecond)
ask("slow", 50 * time.millisecond)
