-- expect: passed
-- Another way: the bucket that is ready made.

local BURST, EVERY = 2, 10 * time.millisecond

local limit = rate.limiter(EVERY, BURST)

local function allow()
  return limit:allow()
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
