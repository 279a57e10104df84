-- expect: wrong answer
-- One worker keeps the distance.  It is too slow.

local CALLS, EVERY = 8, 10 * time.millisecond

local jobs = chan(CALLS, "jobs")
local wg = sync.WaitGroup("workers")
local mu = sync.Mutex("mu")             -- of the other side
local count, last, closest = 0, nil, math.huge

-- The other side: counts the calls, and how close two of them come.
local function call(job)
  mu:lock()
  local now = time.now()
  if last then
    closest = math.min(closest, now - last)
  end
  count, last = count + 1, now
  mu:unlock()
  time.sleep((15 + job % 2 * 10) * time.millisecond)
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  for job in jobs:range() do
    call(job)
    time.sleep(EVERY)                   -- keep the limit
  end
end

for job = 1, CALLS do
  jobs:send(job)
end
jobs:close()
wg:add(1)
go(worker)
wg:wait()
local ms = closest // time.millisecond
print(count .. " calls, the closest " .. ms .. " ms apart")
