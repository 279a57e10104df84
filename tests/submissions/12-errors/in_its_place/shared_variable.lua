-- expect: race
-- All workers share one loop variable, and it goes on.

local wg = sync.WaitGroup("workers")
local words = { "stop", "draw", "live", "time" }
local delays = { 20, 10, 30, 10 }
local results = {}

local function turn(i)
  local _ <close> = defer(wg.done, wg)
  time.sleep(delays[i] * time.millisecond)
  results[i] = words[i]:reverse()
end

local i = 1
while i <= #words do
  wg:add(1)
  go(function() turn(i) end)
  i = i + 1
end
wg:wait()
print(table.concat(results, " "))
