-- expect: passed
-- Another way: the results bring their numbers along, through a channel.

local wg = sync.WaitGroup("workers")
local words = { "stop", "draw", "live", "time" }
local delays = { 20, 10, 30, 10 }
local turned = chan(#words, "turned")
local results = {}

local function turn(i)
  local _ <close> = defer(wg.done, wg)
  time.sleep(delays[i] * time.millisecond)
  turned:send { i = i, word = words[i]:reverse() }
end

for i = 1, #words do
  wg:add(1)
  go(turn, i)
end
wg:wait()
for _ = 1, #words do
  local result = turned:recv()
  results[result.i] = result.word
end
print(table.concat(results, " "))
