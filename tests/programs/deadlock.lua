-- expect: deadlock
-- main waits for the workers, and the workers wait for main.

local results = chan(0, "results")
local wg = sync.WaitGroup()

local function worker(n)
  local _ <close> = defer(wg.done, wg)
  results:send(n * n)
end

for n = 1, 2 do
  wg:add(1)
  go(worker, n)
end
wg:wait()
results:close()

for square in results:range() do
  print(square)
end
