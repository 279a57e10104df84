-- Goroutines started and finished, 1,000 at a time.
local wg = sync.WaitGroup()
local function task() wg:done() end
for _ = 1, N // 1000 do
    wg:add(1000)
    for _ = 1, 1000 do go(task) end
    wg:wait()
end
