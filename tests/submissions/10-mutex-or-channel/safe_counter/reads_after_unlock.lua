-- expect: race
-- Counts under the lock, and reads the result after it.

local wg = sync.WaitGroup("gates")
local mu = sync.Mutex("mu")
local visitors = 0                      -- guarded by mu

local function count()
  mu:lock()
  visitors = visitors + 1
  mu:unlock()
  return visitors
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
print(visitors .. " visitors")
