-- Five guests, one kitchen with two fires, and everybody comes at once.

local wg, mu = sync.WaitGroup("guests"), sync.Mutex()
local cooking, most = 0, 0

local function change(by)
  mu:lock()
  cooking = cooking + by
  most = math.max(most, cooking)
  mu:unlock()
end

local function guest()
  local _ <close> = defer(wg.done, wg)
  change(1)
  time.sleep(10 * time.millisecond)     -- on the fire
  change(-1)
end

for _ = 1, 5 do
  wg:add(1)
  go(guest)                             -- as many as there are guests
end
wg:wait()
print("two fires, and " .. most .. " pots at a time")
