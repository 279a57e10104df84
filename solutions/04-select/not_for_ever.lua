-- Who asked may have left.  So the answer's channel has room for one: the
-- library puts its answer down and goes, whether or not anybody takes it.

local function library(name, duration, answer)
  time.sleep(duration)                  -- looks it up
  answer:send(name .. ": 42")
end

local function ask(name, duration)
  local answer = chan(1, "answer")
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
