-- Four words are turned round at the same time, each takes its while.  The
-- results are put at the end of a list, whoever comes.
--
-- Two may come at once, and the order is that of finishing.
--
-- Your task: let the results stand in the order of the words, without any race.

local wg = sync.WaitGroup("workers")
local words = { "stop", "draw", "live", "time" }
local delays = { 20, 10, 30, 10 }
local results = {}

local function turn(i)
  local _ <close> = defer(wg.done, wg)
  time.sleep(delays[i] * time.millisecond)
  results[#results + 1] = words[i]:reverse()
end

for i = 1, #words do
  wg:add(1)
  go(turn, i)
end
wg:wait()
print(table.concat(results, " "))
