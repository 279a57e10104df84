-- expect: passed
-- 8 jobs of 10 ms.  On 4 processors 4 workers take 2 rounds, 20 ms, and no time is lost; 8 workers
-- are no faster; 2 take 4 rounds, 40 ms, and half of the time there is.
local function pool(workers)
    local jobs, wg, start = chan(8), sync.WaitGroup(), time.now()
    for _ = 1, 8 do jobs:send(10 * time.ms) end
    jobs:close()
    wg:add(workers)
    for _ = 1, workers do
        go(function()
            for job in jobs:range() do work(job) end
            wg:done()
        end)
    end
    wg:wait()
    print(workers .. " workers: " .. (time.now() - start) // time.ms .. " ms")
end

local function stats()
    local s = runtime.stats()
    print(s.pieces .. " pieces, " .. s.worked // time.ms .. " ms of work in " ..
          s.elapsed // time.ms .. " ms, at most " .. s.peak .. " at once")
    print("utilisation " .. s.utilisation .. ", speed-up " .. s.speedup)
end

print(runtime.num_cpu() .. " processors")
pool(2) -- 80 of 160
stats()
pool(4) -- 160 of 240
pool(8) -- 240 of 320
stats()
print("was " .. runtime.GOMAXPROCS(1) .. ", is " .. runtime.GOMAXPROCS(0))
pool(8) -- one at a time: 80 ms
