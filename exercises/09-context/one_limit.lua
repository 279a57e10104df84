-- A page consists of a header, fetched in 10 ms, and a body that takes 40 ms
-- today.  The reader waits 30 ms for all of it, not longer.
--
-- There is a context with this limit, and fetch gets it; but it does not look.
--
-- Your task: let fetch give up when the context's time is over.

local function fetch(ctx, duration)
  time.sleep(duration)                  -- and if ctx ends meanwhile?
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
