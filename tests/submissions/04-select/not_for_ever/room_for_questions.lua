-- expect: leak
-- The room is at the wrong channel.

local function library(name, duration, answer)
  time.sleep(duration)                  -- looks it up
  answer:send(name .. ": 42")
end

local function ask(name, duration)
  local answer = chan(0, "answer")
  local question = chan(1, "question")
  question:send(name)
  go(library, question:recv(), duration, answer)
  local limit = time.after(20 * time.millisecond)
  local case, value = select { answer = recv(answer), limit = recv(limit) }
  if case == "limit" then
    value = name .. ": no answer in time"
  end
  print(value)
end

ask("quick", 10 * time.millisecond)
ask("slow", 50 * time.millisecond)
