-- expect: wrong answer
-- The service derives well, but the handler gives it a context of its own.

local function query(ctx)
  local table_free = chan(0, "table_free")       -- it never is
  select { free = recv(table_free), done = recv(ctx:done()) }
  print("query: " .. ctx:err())
  return ctx:err()
end

local function service(ctx)
  local limited, cancel = context.with_timeout(ctx, time.second)
  local _ <close> = defer(cancel)
  return query(limited)
end

local function handler(ctx, answer)
  answer:send(service(context.background()))
end

local ctx, cancel = context.with_cancel(context.background())
local answer = chan(0, "answer")
go(handler, ctx, answer)
time.sleep(10 * time.millisecond)
cancel()
print("handler: " .. answer:recv())
