-- Reads and writes of a captured local.
local count, done = 0, chan()
go(function()
    for _ = 1, N do count = count + 1 end
    done:close()
end)
done:recv()
