-- expect: wrong answer
-- Does not wait for the header either.

local function fetch(ctx, duration)
  local fetched = time.after(duration)
  local case = select { fetched = recv(fetched), default = true }
  if case == "default" then
    return tostring(ctx:err())
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
