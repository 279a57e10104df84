-- expect: wrong answer
-- A lock around the append: no race, and the order is that of finishing.

local wg = sync.WaitGroup("workers")
local words = { "stop", "draw", "live", "time" }
local delays = { 20, 10, 30, 10 }
local mu = sync.Mutex()
local results = {}

local function turn(i)
  local _ <close> = defer(wg.done, wg)
  time.sleep(delays[i] * time.millisecond)
  mu:lock()
  results[#results + 1] = words[i]:reverse()
  mu:unlock()
end

for i = 1, #words do
  wg:add(1)
  go(turn, i)
end
wg:wait()
print(table.concat(results, " "))
