-- it counts a worker as done before its result is there
local function crew(jobs, n, f)
  local keys, wg = chan(n, "keys"), sync.WaitGroup()
  local results = {}
  for i, job in ipairs(jobs) do
    keys:send(true)
    wg:add(1)
    go(function()
      wg:done()
      results[i] = f(job)
      keys:recv()
    end)
  end
  wg:wait()
  return results
end
