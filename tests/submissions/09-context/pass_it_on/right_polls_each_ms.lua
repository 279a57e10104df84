-- expect: passed
-- Another way: the query looks every millisecond.

local function query(ctx)
  while not ctx:err() do
    local short = time.after(time.millisecond)
    select { short = recv(short), done = recv(ctx:done()) }
  end
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
