-- Three gates of a zoo, two visitors at each.  All gates count into the same
-- number, and visitor 5 gets a flower.
--
-- Two gates may count at the same moment.  Then a visitor is lost, or two of
-- them are number 5.
--
-- Your task: make it safe.  Every visitor gets a number of their own, and the
-- gates still let people in at the same time.

local wg = sync.WaitGroup("gates")
local visitors = 0

local function count()
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
