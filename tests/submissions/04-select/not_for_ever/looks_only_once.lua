-- expect: wrong answer
-- A default case does not wait at all, not even for the quick one.

local function library(name, duration, answer)
  time.sleep(duration)                  -- looks it up
  answer:send(name .. ": 42")
end

local function ask(name, duration)
  local answer = chan(1, "answer")
  go(library, name, duration, answer)
  local case, value = select { answer = recv(answer), default = true }
  if case == "default" then
    value = name .. ": no answer in time"
  end
  print(value)
end

ask("quick", 10 * time.millisecond)
ask("slow", 50 * time.millisecond)
