-- expect: leak
-- A stage that lets one through each 10 ms.  main wants two, and leaves.

local ctx, cancel = context.with_cancel(context.background())
local jobs, out = chan(4, "jobs"), chan(0, "out")

local function limited()
  local tick = time.ticker(10 * time.millisecond)
  local _ <close> = defer(tick.stop, tick)
  while true do
    if select { tick = recv(tick.c), done = recv(ctx:done()) } == "done" then
      return
    end
    local job, ok = jobs:recv()         -- with the tick in hand
    if not ok then return end
    out:send(job)                       -- and if nobody listens any more?
  end
end

for job = 1, 4 do
  jobs:send(job)
end
jobs:close()

go(limited)
for _ = 1, 2 do
  print("job " .. out:recv())
end
time.sleep(15 * time.millisecond)
cancel()
