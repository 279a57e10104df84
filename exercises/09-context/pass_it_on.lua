-- main asks a handler, the handler asks a service, the service asks a database
-- whose table is locked.  After 10 ms main has lost interest and cancels.
--
-- Nobody hears it: the query goes on for a whole second.
--
-- Your task: let the news reach the query.  The service may still say that a
-- query takes one second at most.

local function query(ctx)
  local table_free = chan(0, "table_free")       -- it never is
  select { free = recv(table_free), done = recv(ctx:done()) }
  print("query: " .. ctx:err())
  return ctx:err()
end

local function service(ctx)
  local limited, cancel = context.with_timeout(context.background(),
    time.second)
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
