-- expect: passed
-- Another way: no state but a count and a time until which it is open.

local FAILURES, RESET = 3, 50 * time.millisecond

-- The server: ill until 80 ms, but for a moment at 10, and again at 130.
local function server()
  local now = time.now() // time.millisecond
  return now == 10 or now > 80 and now ~= 130
end

local mu = sync.Mutex("mu")
local failures, open_until = 0, 0

-- Whether a call may go through.
local function allow()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  if failures >= FAILURES and time.now() < open_until then
    return false
  end
  return true
end

-- How it went.
local function record(ok)
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  if ok then
    failures = 0
    return
  end
  failures = failures + 1
  if failures >= FAILURES then
    open_until = time.now() + RESET
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
