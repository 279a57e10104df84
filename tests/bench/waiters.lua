-- Items sent on one channel to K waiters, who come back for more.
local items = chan()
local function take() for _ in items:range() do end end
for _ = 1, K do go(take) end
time.sleep(1)
for i = 1, N do items:send(i) end
time.sleep(2 * time.second)
items:close()
