-- expect: panic: send on closed channel
-- Closes the channel that the library is going to send on.

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
    answer:close()
  end
  print(value)
end

ask("quick", 10 * time.millisecond)
ask("slow", 25 * time.millisecond)
time.sleep(10 * time.millisecond)
