-- A million goroutines that wait, then end.
local gate = chan()
local function park() gate:recv() end
for _ = 1, N do go(park) end
time.sleep(1)
gate:close()
