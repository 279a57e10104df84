-- expect: passed
-- Another way: one lock for the whole bank.  No circle with a single lock.

local wg = sync.WaitGroup("all")
local bank = sync.Mutex("bank")
local ann = { name = "ann", money = 100 }
local ben = { name = "ben", money = 100 }

local function transfer(from, to, amount)
  local _ <close> = defer(wg.done, wg)
  bank:lock()
  from.money = from.money - amount
  to.money = to.money + amount
  bank:unlock()
end

local function audit()
  local _ <close> = defer(wg.done, wg)
  bank:lock()
  print("together: " .. ann.money + ben.money)
  bank:unlock()
end

wg:add(3)
go(transfer, ann, ben, 30)
go(transfer, ben, ann, 10)
go(audit)
wg:wait()
print("ann: " .. ann.money .. ", ben: " .. ben.money)
