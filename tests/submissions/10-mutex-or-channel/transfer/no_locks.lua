-- expect: race
-- Without locks nobody waits for anybody.

local wg = sync.WaitGroup("all")
local ann = { name = "ann", money = 100, mu = sync.Mutex("ann.mu") }
local ben = { name = "ben", money = 100, mu = sync.Mutex("ben.mu") }

local function transfer(from, to, amount)
  local _ <close> = defer(wg.done, wg)
  from.money = from.money - amount
  to.money = to.money + amount
end

local function audit()
  local _ <close> = defer(wg.done, wg)
  print("together: " .. ann.money + ben.money)
end

wg:add(3)
go(transfer, ann, ben, 30)
go(transfer, ben, ann, 10)
go(audit)
wg:wait()
print("ann: " .. ann.money .. ", ben: " .. ben.money)
