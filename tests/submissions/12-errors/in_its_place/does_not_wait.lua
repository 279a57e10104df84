-- expect: race
-- Uses the place of the word, and does not wait for the others.

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
time.sleep(40 * time.millisecond)    -- that will do
print(table.concat(results, " "))
