-- it lets one too many work at once
local function crew(jobs, n, f)
  local keys, wg = chan(n + 1, "keys"), sync.WaitGroup()
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
