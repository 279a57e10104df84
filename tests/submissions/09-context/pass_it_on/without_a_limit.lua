-- expect: deadlock
-- Neither the news nor the limit reaches the query.

local function query(ctx)
  local table_free = chan(0, "table_free")       -- it never is
  select { free = recv(table_free), done = recv(ctx:done()) }
  print("query: " .. ctx:err())
  return ctx:err()
end

local function service()
  return query(context.background())
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
