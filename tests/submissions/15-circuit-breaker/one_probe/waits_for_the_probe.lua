-- expect: wrong answer
-- Holds the lock during the probe: the others wait, and then go as well.

local RESET = 50 * time.millisecond

-- The server needs 10 ms, and is well from 100 ms on.
local function server()
  local well = time.now() >= 100 * time.millisecond
  time.sleep(10 * time.millisecond)
  return well
end

local mu = sync.Mutex("mu")
local state, opened = "open", 0

local results = chan(0, "results")

local function caller()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  local allowed = state == "closed" or time.now() - opened >= RESET
  if allowed then
    local ok = server()
    state, opened = ok and "closed" or "open", time.now()
  end
  results:send(allowed)
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
