-- expect: passed
-- Another way: a helper fetches, and puts its answer down.

local function fetch(ctx, duration)
  local fetched = chan(1, "fetched")
  go(function()
    time.sleep(duration)
    fetched:send("ok")
  end)
  local case = select { fetched = recv(fetched), done = recv(ctx:done()) }
  if case == "done" then
    return ctx:err()
  end
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
