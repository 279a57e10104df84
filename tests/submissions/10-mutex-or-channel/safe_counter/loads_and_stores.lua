-- expect: wrong answer
-- An atomic load and an atomic store: another gate counts in between.

local wg = sync.WaitGroup("gates")
local visitors = atomic.Int64()

local function count()
  visitors:store(visitors:load() + 1)
  return visitors:load()
end

local function gate()
  local _ <close> = defer(wg.done, wg)
  for _ = 1, 2 do
    time.sleep(10 * time.millisecond)   -- looks at the ticket
    local number = count()
    if number == 5 then
      print("visitor 5 gets a flower")
    end
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(gate)
end
wg:wait()
print(visitors:load() .. " visitors")
