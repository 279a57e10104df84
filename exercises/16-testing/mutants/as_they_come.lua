-- it gives the results back in the order in which they were ready
local function crew(jobs, n, f)
  local keys, wg = chan(n, "keys"), sync.WaitGroup()
  local mu = sync.Mutex()
  local results = {}
  for _, job in ipairs(jobs) do
    keys:send(true)
    wg:add(1)
    go(function()
      local _ <close> = defer(wg.done, wg)
      local result = f(job)
      mu:lock()
      table.insert(results, result)
      mu:unlock()
      keys:recv()
    end)
  end
  wg:wait()
  return results
end
