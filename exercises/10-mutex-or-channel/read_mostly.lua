-- A price list that many read and few write.  A clerk who does not find a
-- price works it out and adds it.
--
-- They read together, under the lock for readers.  But some of them write
-- there as well.
--
-- Your task: let them read together, and write alone.  Each price is worked
-- out once.

local rw = sync.RWMutex("rw")
local wg = sync.WaitGroup("clerks")
local prices = {}                       -- guarded by rw
local worked_out = 0                    -- guarded by rw

-- Call it under the lock: reading the list takes a while.
local function find(dish)
  time.sleep(10 * time.millisecond)
  return prices[dish]
end

local function price_of(dish)
  rw:rlock()
  local price = find(dish)
  if not price then
    price = #dish                       -- works it out
    worked_out = worked_out + 1
    prices[dish] = price
  end
  rw:runlock()
  return price
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
