-- expect: passed
-- Another way: a lock that only the probe gets, and nobody waits for it.

local RESET = 50 * time.millisecond

-- The server needs 10 ms, and is well from 100 ms on.
local function server()
  local well = time.now() >= 100 * time.millisecond
  time.sleep(10 * time.millisecond)
  return well
end

local mu = sync.Mutex("mu")
local state, opened = "open", 0         -- it has opened at 0 ms
local probe = sync.Mutex("probe")

local results = chan(0, "results")

local function tried()
  mu:lock()
  local closed = state == "closed"
  local over = time.now() - opened >= RESET
  mu:unlock()
  if not closed and not (over and probe:try_lock()) then
    return false
  end
  local ok = server()
  mu:lock()
  state, opened = ok and "closed" or "open", time.now()
  mu:unlock()
  if not closed then probe:unlock() end
  return true
end

local function caller()
  results:send(tried())
end

-- Three at the same moment: how many of them reach the server?
local function crowd(at)
  time.sleep(at * time.millisecond - time.now())
  for _ = 1, 3 do
    go(caller)
  end
  local tries = 0
  for _ = 1, 3 do
    if results:recv() then
      tries = tries + 1
    end
  end
  print("at " .. at .. " ms: " .. tries .. " of 3")
end

crowd(60)
crowd(130)
crowd(150)
