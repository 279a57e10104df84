-- expect: wrong answer: ms of virtual time
-- Each call gets 30 ms of its own: the page may take 60.

local function fetch(parent, duration)
  local ctx = context.with_timeout(parent, 30 * time.millisecond)
  local fetched = time.after(duration)
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
local ctx, cancel = context.with_timeout(context.background(), 2 * limit)
local finished = chan(0, "finished")
go(page, ctx, finished)
finished:recv()
cancel()
