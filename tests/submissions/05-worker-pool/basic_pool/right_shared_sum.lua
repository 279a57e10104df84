-- expect: passed
-- Another way: no results channel, the workers add up under a lock.

local jobs = chan(0, "jobs")
local wg, mu = sync.WaitGroup(), sync.Mutex()
local count, sum = 0, 0

local function worker()
  local _ <close> = defer(wg.done, wg)
  for n in jobs:range() do
    time.sleep(10 * time.millisecond)
    mu:lock()
    count, sum = count + 1, sum + n * n
    mu:unlock()
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
for n = 1, 6 do
  jobs:send(n)
end
jobs:close()
wg:wait()
print(count .. " squares, their sum is " .. sum)
