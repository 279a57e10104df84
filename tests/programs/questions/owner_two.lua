-- review: channel ownership: red flag: out: closed twice
local out, wg = chan(2), sync.WaitGroup()
local function stage()
  out:send(1)
  wg:done()
  out:close()
end
wg:add(2)
go(stage)
go(stage)
wg:wait()
