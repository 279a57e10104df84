-- expect: passed
-- Another way: two workers, and a channel of work.

local work = chan(4, "work")
local wg, mu = sync.WaitGroup(), sync.Mutex()
local running, peak = 0, 0

local function count(change)
  mu:lock()
  running = running + change
  peak = math.max(peak, running)
  mu:unlock()
end

local function download()
  count(1)
  time.sleep(10 * time.millisecond)
  count(-1)
end

for n = 1, 4 do
  work:send(n)
end
work:close()
for _ = 1, 2 do
  wg:add(1)
  go(function()
    for _ in work:range() do
      download()
    end
    wg:done()
  end)
end
wg:wait()
print("4 downloads, at most " .. peak .. " at a time")
