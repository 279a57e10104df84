-- Two people send each other money at the same moment, and a bank clerk adds
-- up what both have.  Every account has its own lock.
--
-- Each transfer locks its own account first, then the other one.  There is a
-- moment at which neither can go on.
--
-- Your task: let both transfers come to their end.  The clerk must never see
-- money that has left one account and not yet come to the other.

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

wg:add(3)
go(transfer, ann, ben, 30)
go(transfer, ben, ann, 10)
go(audit)
wg:wait()
print("ann: " .. ann.money .. ", ben: " .. ben.money)
