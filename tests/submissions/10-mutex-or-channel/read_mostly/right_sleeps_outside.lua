-- expect: passed
-- Another way: the slow part needs no lock here, and a Mutex does for the
-- rest.

local rw = sync.RWMutex("rw")
local wg = sync.WaitGroup("clerks")
local prices = {}                       -- guarded by rw
local worked_out = 0                    -- guarded by rw

local function price_of(dish)
  time.sleep(10 * time.millisecond)     -- turns the pages
  rw:lock()
  local _ <close> = defer(rw.unlock, rw)
  if not prices[dish] then
    worked_out = worked_out + 1
    prices[dish] = #dish
  end
  return prices[dish]
end

local function clerk(dish)
  local _ <close> = defer(wg.done, wg)
  print(dish .. " is " .. price_of(dish))
end

for _, dish in ipairs { "soup", "soup", "bread" } do
  wg:add(1)
  go(clerk, dish)
end
wg:wait()
print(worked_out .. " prices worked out")
