-- expect: race
-- A new lock at each call keeps nobody out.

local wg = sync.WaitGroup("gates")
local visitors = 0                    

local function count()
  local mu = sync.Mutex()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  visitors = visitors + 1
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
