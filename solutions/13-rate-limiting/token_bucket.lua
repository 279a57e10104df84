-- A token bucket: two at once after a quiet time, and one each 10 ms.
--
-- A tap that waits at a full bucket holds one more token in its hand, and the
-- ticker keeps one more tick.  So it never waits: what finds no room is lost.

local BURST, EVERY = 2, 10 * time.millisecond

local tokens = chan(BURST, "tokens")
local ctx, cancel = context.with_cancel(context.background())

-- The tap: one token on each tick.
local function refill()
  local tick = time.ticker(EVERY)
  local _ <close> = defer(tick.stop, tick)
  while select { tick = recv(tick.c), done = recv(ctx:done()) } == "tick" do
    select { token = send(tokens, true), default = true }  -- full: spilt
  end
end

-- Takes a token if there is one.
local function allow()
  return select { token = recv(tokens), default = true } == "token"
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

for _ = 1, BURST do
  tokens:send(true)                     -- it starts full
end
go(refill)
crowd(3)
time.sleep(5 * time.millisecond)
crowd(1)
time.sleep(7 * time.millisecond)
crowd(2)
time.sleep(53 * time.millisecond)
crowd(3)
cancel()
