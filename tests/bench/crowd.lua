-- Unbuffered round trips while K other goroutines wait.
local there, back, gate = chan(), chan(), chan()
local function park() gate:recv() end
for _ = 1, K do go(park) end
go(function()
    for v in there:range() do back:send(v) end
end)
time.sleep(1)
for i = 1, N do
    there:send(i)
    back:recv()
end
time.sleep(2 * time.second)
there:close()
gate:close()
