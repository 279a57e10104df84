-- expect: wrong answer: Wait came back too early
-- Add inside the goroutine: Wait may find the counter at zero and go on.

local wg, mu = sync.WaitGroup(), sync.Mutex()
local finished = 0

local function work()
  wg:add(1)                             -- too late: main may be waiting already
  local _ <close> = defer(wg.done, wg)
  mu:lock()
  finished = finished + 1
  mu:unlock()
end

for _ = 1, 3 do
  go(work)
end
wg:wait()

mu:lock()
assert(finished == 3, "Wait came back too early")
mu:unlock()
print("all three have finished")
