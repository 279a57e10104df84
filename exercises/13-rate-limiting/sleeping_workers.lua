-- Three workers, and another side that bears one call each 10 ms, in all.
--
-- Each worker sleeps for 10 ms after its call.  The other side says that two
-- calls came at the same moment.
--
-- Your task: let two calls be 10 ms apart, whichever workers make them.

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
for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
wg:wait()
local ms = closest // time.millisecond
print(count .. " calls, the closest " .. ms .. " ms apart")
