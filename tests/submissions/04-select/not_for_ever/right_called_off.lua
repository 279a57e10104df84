-- expect: passed
-- Another way: the library hears that nobody waits any more.

local function library(ctx, name, duration, answer)
  time.sleep(duration)                  -- looks it up
  select { answer = send(answer, name .. ": 42"), done = recv(ctx:done()) }
end

local function ask(name, duration)
  local ctx, cancel = context.with_timeout(context.background(),
    20 * time.millisecond)
  local _ <close> = defer(cancel)
  local answer = chan(0, "answer")
  go(library, ctx, name, duration, answer)
  local case, value = select { answer = recv(answer), done = recv(ctx:done()) }
  print(case == "answer" and value or name .. ": no answer in time")
end

ask("quick", 10 * time.millisecond)
ask("slow", 50 * time.millisecond)
