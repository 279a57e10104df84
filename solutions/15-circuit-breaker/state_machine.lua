-- A circuit breaker: closed, open, half-open.
--
-- No timer is needed: the first call after the reset time is the probe, and
-- what becomes of it decides.

local FAILURES, RESET = 3, 50 * time.millisecond

-- The server: ill until 80 ms, but for a moment at 10, and again at 130.
local function server()
  local now = time.now() // time.millisecond
  return now == 10 or now > 80 and now ~= 130
end

local mu = sync.Mutex("mu")
local state, failures, opened = "closed", 0, 0

-- Whether a call may go through.
local function allow()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  if state == "open" then
    if time.now() - opened < RESET then return false end
    state = "half-open"                 -- one goes through
  end
  return true
end

-- How it went.
local function record(ok)
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  if ok then
    state, failures = "closed", 0
    return
  end
  failures = failures + 1
  if state == "half-open" or failures >= FAILURES then
    state, opened = "open", time.now()
  end
end

local function call()
  if not allow() then return "refused" end
  local ok = server()
  record(ok)
  return ok and "ok" or "failed"
end

local times = { 5, 10, 15, 20, 20, 30, 72, 85, 125, 130, 135 }
local results = chan(0, "results")

local function caller(at)
  time.sleep(at * time.millisecond)
  results:send(at .. " ms: " .. call())
end

for _, at in ipairs(times) do
  go(caller, at)
end
for _ = 1, #times do
  print((results:recv()))
end
