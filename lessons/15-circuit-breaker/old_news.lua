-- A slow call that began when all was well, and ends well, much later.

local FAILURES = 2

local mu = sync.Mutex("mu")
local state, failures = "closed", 0
local wg = sync.WaitGroup("callers")

local function call(takes, ok)
  local _ <close> = defer(wg.done, wg)
  mu:lock()
  local allowed = state == "closed"
  mu:unlock()
  if not allowed then return end
  time.sleep(takes * time.millisecond)  -- the call, without the lock
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  if ok then
    state, failures = "closed", 0
    return
  end
  failures = failures + 1
  if failures == FAILURES then
    state = "open"
  end
end

wg:add(3)
go(call, 30, true)                      -- the slow one
go(call, 10, false)
go(call, 10, false)

for _, ms in ipairs { 20, 40 } do
  time.sleep(20 * time.millisecond)
  mu:lock()
  print(state .. " at " .. ms .. " ms")
  mu:unlock()
end
wg:wait()
