-- expect: wrong answer: ms of virtual time
-- Fetches all of it, and then says that it was too late.

local function fetch(ctx, duration)
  time.sleep(duration)
  return ctx:err() or "ok"
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
