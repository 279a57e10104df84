-- expect: passed
-- Counts by the clock: six jobs of 10 ms are 30 ms of work for two.

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

local start = time.now()
local results = crew({6, 5, 4, 3, 2, 1}, 2, function(job)
  time.sleep(10 * time.millisecond)
  return 10 * job
end)
if time.now() - start ~= 30 * time.millisecond then
  panic("not two at once")
end
for i, result in ipairs(results) do
  if result ~= 10 * (7 - i) then
    panic("result " .. i .. " is wrong")
  end
end
if #results ~= 6 then
  panic("results are missing")
end
print("the crew is right")
