-- expect: race
-- Three goroutines add to one counter without a lock.

local wg = sync.WaitGroup()
local counter = 0

local function add()
  local _ <close> = defer(wg.done, wg)
  counter = counter + 1
end

for _ = 1, 3 do
  wg:add(1)
  go(add)
end
wg:wait()
print("counter: " .. counter)
