-- expect: race
-- Counts who is at work without a lock: the check itself is wrong.

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

local at_work, most = 0, 0
local results = crew({1, 2, 3, 4}, 2, function(job)
  at_work = at_work + 1
  most = math.max(most, at_work)
  time.sleep((5 - job) * 10 * time.millisecond)
  at_work = at_work - 1
  return 10 * job
end)
for i = 1, 4 do
  if results[i] ~= 10 * i then
    panic("result " .. i .. " is wrong")
  end
end
if most ~= 2 then
  panic(most .. " at work at once")
end
print("the crew is right")
