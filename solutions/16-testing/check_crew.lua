-- [subject]
-- Calls f(job) for each job, at most n at once.  Gives back what f gave, in the
-- order of the jobs.
local function crew(jobs, n, f)
  local keys, wg = chan(n, "keys"), sync.WaitGroup()
  local results = {}
  for i, job in ipairs(jobs) do
    keys:send(true)
    wg:add(1)
    go(function()
      local _ <close> = defer(wg.done, wg)
      results[i] = f(job)
      keys:recv()
    end)
  end
  wg:wait()
  return results
end
-- [end of subject]

-- The check.  Early jobs take longer, so that they are ready last; and f counts
-- how many are at work.
local mu = sync.Mutex()
local at_work, most = 0, 0

local function count(change)
  mu:lock()
  at_work = at_work + change
  most = math.max(most, at_work)
  mu:unlock()
end

local function ten_times(job)
  count(1)
  time.sleep((5 - job) * 10 * time.millisecond)
  count(-1)
  return 10 * job
end

local results = crew({1, 2, 3, 4}, 2, ten_times)

for i = 1, 4 do
  if results[i] ~= 10 * i then
    panic("result " .. i .. " is " .. tostring(results[i]))
  end
end
if most ~= 2 then
  panic(most .. " at work at once")
end
print("the crew is right")
