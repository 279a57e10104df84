-- expect: wrong answer
-- The transfers and the clerk one after the other.

local wg = sync.WaitGroup("all")
local ann = { name = "ann", money = 100, mu = sync.Mutex("ann.mu") }
local ben = { name = "ben", money = 100, mu = sync.Mutex("ben.mu") }

local function transfer(from, to, amount)
  local _ <close> = defer(wg.done, wg)
  from.mu:lock()
  to.mu:lock()
  from.money = from.money - amount
  to.money = to.money + amount
  to.mu:unlock()
  from.mu:unlock()
end

local function audit()
  local _ <close> = defer(wg.done, wg)
  ann.mu:lock()
  ben.mu:lock()
  print("together: " .. ann.money + ben.money)
  ben.mu:unlock()
  ann.mu:unlock()
end

wg:add(1)
go(transfer, ann, ben, 30)
wg:wait()
wg:add(1)
go(transfer, ben, ann, 10)
wg:wait()
wg:add(1)
go(audit)
wg:wait()
print("ann: " .. ann.money .. ", ben: " .. ben.money)
