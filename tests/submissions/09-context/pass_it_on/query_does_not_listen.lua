-- expect: wrong answer
-- The context gets there, and the query sleeps.

local function query(ctx)
  time.sleep(time.second)
  print("query: " .. ctx:err())
  return ctx:err()
end

local function service(ctx)
  local limited, cancel = context.with_timeout(ctx, time.second)
  local _ <close> = defer(cancel)
  return query(limited)
end

local function handler(ctx, answer)
  answer:send(service(ctx))
end

local ctx, cancel = context.with_cancel(context.background())
local answer = chan(0, "answer")
go(handler, ctx, answer)
time.sleep(10 * time.millisecond)
cancel()
print("handler: " .. answer:recv())
