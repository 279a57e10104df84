-- expect: panic: job 1 did not begin first
-- Asks for what nobody promised: that the jobs begin in order.

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

local first = atomic.Int(0)
crew({1, 2, 3, 4}, 2, function(job)
  if first:cas(0, job) and job ~= 1 then
    panic("job 1 did not begin first")
  end
  return 10 * job
end)
print("the crew is right")
