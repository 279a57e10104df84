-- Reads and writes of a shared table.
local t, done = { 0 }, chan()
go(function()
    for _ = 1, N do t[1] = t[1] + 1 end
    done:close()
end)
done:recv()
