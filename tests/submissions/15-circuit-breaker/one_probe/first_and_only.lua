-- expect: wrong answer
-- Remembers by a Once that there was a probe: there will be no other.

local RESET = 50 * time.millisecond

-- The server needs 10 ms, and is well from 100 ms on.
local function server()
  local well = time.now() >= 100 * time.millisecond
  time.sleep(10 * time.millisecond)
  return well
end

local mu = sync.Mutex("mu")
local state, opened = "open", 0         -- it has opened at 0 ms
local probe = sync.Once("probe")

local function allow()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  if state == "open" and time.now() - opened >= RESET then
    local mine = false
    probe:call(function() mine = true end)
    return mine
  end
  return state == "closed"
end

local function record(ok)
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  if ok then
    state = "closed"
  else
    state, opened = "open", time.now()
  end
end

local results = chan(0, "results")

local function caller()
  local allowed = allow()
  if allowed then
    record(server())
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
