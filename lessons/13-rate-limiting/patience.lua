-- Four guests come at once, and none of them waits longer than 15 ms.

local limit = rate.limiter(10 * time.millisecond, 2, "limit")
local wg = sync.WaitGroup("guests")

local function guest()
  local _ <close> = defer(wg.done, wg)
  local patience = 15 * time.millisecond
  local ctx, cancel = context.with_timeout(context.background(), patience)
  local _ <close> = defer(cancel)

  local word = limit:wait(ctx) and "turned away" or "in"
  print(word .. " at " .. time.now() // time.millisecond .. " ms")
end

for _ = 1, 4 do
  wg:add(1)
  go(guest)
end
wg:wait()
