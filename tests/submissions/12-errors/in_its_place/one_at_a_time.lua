-- expect: wrong answer
-- Word after word: the right order, and nothing at the same time.

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
  wg:wait()
end
print(table.concat(results, " "))
