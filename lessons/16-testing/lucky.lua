-- expect: panic: 3 sold
-- A shop with two pears, and a check of it that is almost always happy.

local mu = sync.Mutex("shop")
local left, sold = 2, 0
local wg = sync.WaitGroup()

local function pears()
  local _ <close> = defer(mu.unlock, mu)
  mu:lock()
  return left
end

local function take()
  local _ <close> = defer(mu.unlock, mu)
  mu:lock()
  left, sold = left - 1, sold + 1
end

local function guest()
  if pears() > 0 then               -- is there one?
    take()                          -- then I take it
  end
  wg:done()
end

for _ = 1, 3 do
  wg:add(1)
  go(guest)
end
wg:wait()
if sold ~= 2 then                   -- the check
  panic(sold .. " sold")
end
print("ok: 2 sold")
