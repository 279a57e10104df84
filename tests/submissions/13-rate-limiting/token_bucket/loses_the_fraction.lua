-- expect: wrong answer
-- Counts whole tokens, and forgets the time that was left over.

local BURST, EVERY = 2, 10 * time.millisecond

local mu = sync.Mutex("mu")
local tokens, last = BURST, 0

local function allow()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  local now = time.now()
  tokens = math.min(BURST, tokens + (now - last) // EVERY)
  last = now
  if tokens < 1 then return false end
  tokens = tokens - 1
  return true
end

local answers = chan(0, "answers")

local function customer()
  answers:send(allow())
end

-- So many come at the same time: how many are let in?
local function crowd(n)
  local count = 0
  for _ = 1, n do
    go(customer)
  end
  for _ = 1, n do
    if answers:recv() then
      count = count + 1
    end
  end
  local ms = time.now() // time.millisecond
  print("at " .. ms .. " ms: " .. count .. " of " .. n)
end

crowd(3)
time.sleep(5 * time.millisecond)
crowd(1)
time.sleep(7 * time.millisecond)
crowd(2)
time.sleep(53 * time.millisecond)
crowd(3)
