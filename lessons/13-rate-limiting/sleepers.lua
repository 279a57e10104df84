-- The other side bears one call each 10 ms.  Each worker is polite and sleeps.

local calls = chan(9, "calls")
local wg = sync.WaitGroup("workers")

local function worker()
  local _ <close> = defer(wg.done, wg)
  for _ = 1, 3 do
    calls:send(time.now())              -- the call
    time.sleep(10 * time.millisecond)   -- "so I am slow enough"
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
wg:wait()
calls:close()

local count, last = 0, 0
for at in calls:range() do
  count, last = count + 1, at
end
print(count .. " calls in " .. last // time.millisecond .. " ms")
