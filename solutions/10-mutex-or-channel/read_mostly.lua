-- Read under the lock for readers; let go of it; write under the lock for
-- writers.  In between somebody else may have written the same, so look
-- again.

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
  rw:runlock()
  if price then
    return price
  end

  rw:lock()                             -- alone
  local _ <close> = defer(rw.unlock, rw)
  if not prices[dish] then              -- still not there?
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
