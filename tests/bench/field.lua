-- Reads and writes of a field of a shared table.
local t, done = { count = 0 }, chan()
go(function()
    for _ = 1, N do t.count = t.count + 1 end
    done:close()
end)
done:recv()
