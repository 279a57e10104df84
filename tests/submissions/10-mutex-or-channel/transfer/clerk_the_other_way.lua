-- expect: deadlock
-- Orders the locks of the transfers, and the clerk takes them the other way
-- round.

local wg = sync.WaitGroup("all")
local ann = { name = "ann", money = 100, mu = sync.Mutex("ann.mu") }
local ben = { name = "ben", money = 100, mu = sync.Mutex("ben.mu") }

local function transfer(from, to, amount)
  local _ <close> = defer(wg.done, wg)
  local first, second = from, to
  if to.name < from.name then
    first, second = to, from
  end
  first.mu:lock()
  second.mu:lock()
  from.money = from.money - amount
  to.money = to.money + amount
  second.mu:unlock()
  first.mu:unlock()
end

local function audit()
  local _ <close> = defer(wg.done, wg)
  ben.mu:lock()
  ann.mu:lock()
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
