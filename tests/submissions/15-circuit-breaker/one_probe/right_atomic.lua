-- expect: passed
-- Another way: a compare-and-swap decides who is the probe.

local RESET = 50 * time.millisecond

-- The server needs 10 ms, and is well from 100 ms on.
local function server()
  local well = time.now() >= 100 * time.millisecond
  time.sleep(10 * time.millisecond)
  return well
end

local CLOSED, OPEN, HALF_OPEN = 0, 1, 2
local state, opened = atomic.Int(OPEN), atomic.Int(0)

local function allow()
  if time.now() - opened:load() >= RESET and state:cas(OPEN, HALF_OPEN) then
    return true
  end
  return state:load() == CLOSED
end

local function record(ok)
  opened:store(time.now())
  state:store(ok and CLOSED or OPEN)
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
