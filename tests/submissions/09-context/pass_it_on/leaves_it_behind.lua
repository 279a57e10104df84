-- expect: wrong answer
-- The handler goes home at once and the query stays.

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
  local got = chan(1, "got")
  go(function() got:send(service(ctx)) end)
  local case, err = select { got = recv(got), done = recv(ctx:done()) }
  answer:send(case == "got" and err or ctx:err())
end

local ctx, cancel = context.with_cancel(context.background())
local answer = chan(0, "answer")
go(handler, ctx, answer)
time.sleep(10 * time.millisecond)
cancel()
print("handler: " .. answer:recv())
