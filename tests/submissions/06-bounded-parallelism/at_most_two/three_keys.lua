-- expect: wrong answer: at most 3
-- There are three keys in the box.

local keys = chan(3, "keys")
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
  keys:send(true)                       -- take a key: waits if there is none
  wg:add(1)
  go(function()
    download()
    keys:recv()                         -- give it back
    wg:done()
  end)
end
wg:wait()
print("4 downloads, at most " .. peak .. " at a time")
