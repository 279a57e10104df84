-- expect: wrong answer
-- Looks at the context only before it begins.

local function fetch(ctx, duration)
  if ctx:err() then
    return ctx:err()
  end
  time.sleep(duration)
  return "ok"
end

local function page(ctx, finished)
  print("header: " .. fetch(ctx, 10 * time.millisecond))
  print("body: " .. fetch(ctx, 40 * time.millisecond))
  finished:close()
end

local limit = 30 * time.millisecond
local ctx, cancel = context.with_timeout(context.background(), limit)
local finished = chan(0, "finished")
go(page, ctx, finished)
finished:recv()
cancel()
