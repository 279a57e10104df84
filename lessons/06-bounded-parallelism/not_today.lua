-- Waits for a fire, but not longer than the kitchen is open.

local ctx, cancel = context.with_timeout(context.background(),
  25 * time.millisecond)
local fires = chan(1, "fires")
local wg = sync.WaitGroup("guests")

local function guest()
  local _ <close> = defer(wg.done, wg)
  time.sleep(20 * time.millisecond)     -- on the fire
  fires:recv()                          -- give it back
end

local served = 0
for n = 1, 4 do
  local case = select { fire = send(fires, n), closed = recv(ctx:done()) }
  if case == "closed" then break end
  served = served + 1
  wg:add(1)
  go(guest)
end
wg:wait()                               -- those who have a fire may finish
cancel()
print(served .. " of 4 guests were served")
