-- expect: wrong answer
-- One lock at a time: the clerk sees money that is on its way.

local wg = sync.WaitGroup("all")
local ann = { name = "ann", money = 100, mu = sync.Mutex("ann.mu") }
local ben = { name = "ben", money = 100, mu = sync.Mutex("ben.mu") }

local function transfer(from, to, amount)
  local _ <close> = defer(wg.done, wg)
  from.mu:lock()
  from.money = from.money - amount
  from.mu:unlock()
  to.mu:lock()
  to.money = to.money + amount
  to.mu:unlock()
end

local function audit()
  local _ <close> = defer(wg.done, wg)
  ann.mu:lock()
  ben.mu:lock()
  print("together: " .. ann.money + ben.money)
  ben.mu:unlock()
  ann.mu:unlock()
end

wg:add(3)
go(transfer, ann, ben, 30)
go(transfer, ben, ann, 10)
go(audit)
wg:wait()
print("ann: " .. ann.money .. ", ben: " .. ben.money)
