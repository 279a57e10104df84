-- Each result goes to the place of its word.  Four places are four variables:
-- nobody shares any of them, and Wait comes before they are read.

local wg = sync.WaitGroup("workers")
local words = { "stop", "draw", "live", "time" }
local delays = { 20, 10, 30, 10 }
local results = {}

local function turn(i)
  local _ <close> = defer(wg.done, wg)
  time.sleep(delays[i] * time.millisecond)
  results[i] = words[i]:reverse()
end

for i = 1, #words do
  wg:add(1)
  go(turn, i)
end
wg:wait()
print(table.concat(results, " "))
