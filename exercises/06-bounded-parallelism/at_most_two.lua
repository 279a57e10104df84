-- Four downloads at once, and the other side bears two.  The program counts how
-- many are under way, and says how many there were at most.
--
-- Your task: never more than two at a time; and two, whenever there is work
-- for two.

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

for _ = 1, 4 do
  wg:add(1)
  go(function()
    download()
    wg:done()
  end)
end
wg:wait()
print("4 downloads, at most " .. peak .. " at a time")
