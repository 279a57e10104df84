-- expect: livelock
-- Tries again and again, and keeps the first lock meanwhile.

local wg = sync.WaitGroup("all")
local ann = { name = "ann", money = 100, mu = sync.Mutex("ann.mu") }
local ben = { name = "ben", money = 100, mu = sync.Mutex("ben.mu") }

local function transfer(from, to, amount)
  local _ <close> = defer(wg.done, wg)
  from.mu:lock()
  while not to.mu:try_lock() do
    go.gosched()
  end
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
