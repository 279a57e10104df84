-- Jobs through a pool of 8 workers, unbuffered.
local jobs, results = chan(), chan()
for _ = 1, 8 do
    go(function()
        for job in jobs:range() do results:send(job * 2) end
    end)
end
go(function()
    for i = 1, N do jobs:send(i) end
    jobs:close()
end)
for _ = 1, N do results:recv() end
