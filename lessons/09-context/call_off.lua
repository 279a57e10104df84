-- Three calls deep, and the news gets there.

local function chop(ctx)
  local chopped = time.after(50 * time.millisecond)
  local case = select { chopped = recv(chopped), done = recv(ctx:done()) }
  if case == "done" then return nil, ctx:err() end
  return "vegetables"
end

local function cook(ctx)
  local food, err = chop(ctx)           -- passes it on
  if err then return nil, "cook: " .. err end
  return "soup of " .. food
end

local function waiter(ctx, table_1)
  local dish, err = cook(ctx)           -- passes it on
  table_1:send(dish or "no soup: " .. err)
end

local ctx, cancel = context.with_cancel(context.background())
local table_1 = chan(0, "table_1")
go(waiter, ctx, table_1)
time.sleep(20 * time.millisecond)       -- the guest looks at the clock
cancel()
print((table_1:recv()))
