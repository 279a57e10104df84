-- expect: leak
-- A rate limiter that looks at ctx as it waits for its tick, and not as it sends.
local ctx, cancel = context.with_cancel(context.background())
local jobs, out = chan(2, "jobs"), chan(0, "out")

go(function()
  local tick = time.ticker(10)
  local _ <close> = defer(function() tick:stop() end)
  while true do
    if select { tick = recv(tick.c), done = recv(ctx:done()) } == "done" then return end
    local job, ok = jobs:recv()
    if not ok then return end
    out:send(job)
  end
end)

jobs:send(1)
jobs:send(2)
jobs:close()
print(out:recv())
time.sleep(15)
cancel()
