-- expect: deadlock
-- main waits for the end of the counting, which nobody has ordered.

local function new_counter()            -- the module
  local counter = { count = 0, visits = chan(0, "visits") }

  local function run(ctx, ended)
    local _ <close> = defer(ended.close, ended)
    while true do
      local visits = counter.visits
      local case = select { visit = recv(visits), done = recv(ctx:done()) }
      if case == "done" then return end
      counter.count = counter.count + 1
    end
  end

  function counter.start(ctx)
    local ended = chan(0, "ended")
    go(run, ctx, ended)
    return ended
  end

  return counter
end

local counter = new_counter()           -- main loads it

local ctx, cancel = context.with_cancel(context.background())
local ended = counter.start(ctx)
for n = 1, 3 do
  counter.visits:send(n)
end
ended:recv()
print(counter.count .. " visits")
