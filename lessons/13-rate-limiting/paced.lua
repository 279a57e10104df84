-- The job first, then its tick; and a way out wherever it waits.

local ctx, cancel = context.with_cancel(context.background())
local jobs, out = chan(4, "jobs"), chan(0, "out")

local function paced()
  local _ <close> = defer(out.close, out)
  local tick = time.ticker(10 * time.millisecond)
  local _ <close> = defer(tick.stop, tick)
  for job in jobs:range() do            -- closed by its sender, always
    local case = select { tick = recv(tick.c), done = recv(ctx:done()) }
    if case == "done" then return end
    case = select { out = send(out, job), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

for job = 1, 4 do
  jobs:send(job)
end
jobs:close()

go(paced)
for _ = 1, 2 do
  print("job " .. out:recv())
end
time.sleep(15 * time.millisecond)
cancel()
