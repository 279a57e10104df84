-- Three workers share one channel of jobs.

local jobs = chan(6, "jobs")
local wg = sync.WaitGroup()

local function worker()
  local _ <close> = defer(wg.done, wg)
  for job in jobs:range() do            -- until jobs is closed and empty
    time.sleep(10 * time.millisecond)   -- the work
    print("job " .. job .. " is done")
  end
end

for job = 1, 6 do
  jobs:send(job)
end
jobs:close()                            -- no more will come

for _ = 1, 3 do
  wg:add(1)                             -- before go
  go(worker)
end
wg:wait()
