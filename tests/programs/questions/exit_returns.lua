-- review: exit paths: fine: worker: .* started, .* returned
local wg = sync.WaitGroup()
local function worker() wg:done() end
wg:add(2)
go(worker)
go(worker)
wg:wait()
