-- expect: leak
-- The answer comes long before the deadline, and nobody calls cancel.

local ctx, cancel = context.with_timeout(context.background(), time.second)
local answer = chan(1)

go(function()
  answer:send(42)
end)

local case, value = select { value = recv(answer), done = recv(ctx:done()) }
print(case, value)
