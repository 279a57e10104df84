-- Two libraries are asked the same question.  One answers in 10 ms, the other
-- in 50 ms; nobody wants to wait longer than 20 ms for either.
--
-- It prints what it should, and it leaks.  Who waits for whom, and since when?
--
-- Your task: let the slow library come to its end, too.  It may be slow.

local function library(name, duration, answer)
  time.sleep(duration)                  -- looks it up
  answer:send(name .. ": 42")
end

local function ask(name, duration)
  local answer = chan(0, "answer")
  go(library, name, duration, answer)
  local limit = time.after(20 * time.millisecond)
  local case, value = select { answer = recv(answer), limit = recv(limit) }
  if case == "limit" then
    value = name .. ": no answer in time"
  end
  print(value)
end

ask("quick", 10 * time.millisecond)
ask("slow", 50 * time.millisecond)
