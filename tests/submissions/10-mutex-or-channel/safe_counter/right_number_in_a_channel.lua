-- expect: passed
-- Another way: the number lies in a channel with room for one.

local wg = sync.WaitGroup("gates")
local visitors = chan(1, "visitors")

local function count()
  local number = visitors:recv() + 1    -- nobody else has it now
  visitors:send(number)
  return number
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

visitors:send(0)
for _ = 1, 3 do
  wg:add(1)
  go(gate)
end
wg:wait()
print(visitors:recv() .. " visitors")
