-- expect: panic: sync: negative WaitGroup counter
-- One stage of two workers: how many are counted in, how many out?

local wg = sync.WaitGroup("stage")

local function worker()
  time.sleep(10 * time.millisecond)
  wg:done()
end

wg:add(1)                               -- one stage
go(worker)
go(worker)
wg:wait()
time.sleep(20 * time.millisecond)
print("the stage is over")
