-- expect: wrong answer
-- Each begins 10 ms after the one before.  It does not last.

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

local function worker(first)
  local _ <close> = defer(wg.done, wg)
  time.sleep(first)
  for job in jobs:range() do
    call(job)
    time.sleep(3 * EVERY)
  end
end

for job = 1, CALLS do
  jobs:send(job)
end
jobs:close()
for i = 0, 2 do
  wg:add(1)
  go(worker, i * EVERY)
end
wg:wait()
local ms = closest // time.millisecond
print(count .. " calls, the closest " .. ms .. " ms apart")
