-- Three guests come at once.  Whoever is first opens the shop.

local ms = time.millisecond
local once, wg = sync.Once("once"), sync.WaitGroup("guests")

local function open()
  print("opening")
  time.sleep(10 * ms)
end

local function guest(name)
  local _ <close> = defer(wg.done, wg)
  go.name(name)
  once:call(open)
  print(name .. " comes in after " .. time.now() // ms .. " ms")
end

for _, name in ipairs { "ann", "ben", "eva" } do
  wg:add(1)
  go(guest, name)
end
wg:wait()
