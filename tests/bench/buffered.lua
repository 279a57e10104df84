-- Items through a channel of 128.
local items = chan(128)
go(function()
    for i = 1, N do items:send(i) end
    items:close()
end)
for _ in items:range() do end
