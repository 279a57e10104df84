-- expect: wrong answer
-- Looks whether it is over, and then waits for the full second.

local function query(ctx)
  local table_free = chan(0, "table_free")       -- it never is
  if not ctx:err() then
    local limit = time.after(time.second)
    select { free = recv(table_free), limit = recv(limit) }
  end
  print("query: " .. tostring(ctx:err()))
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
