-- expect: panic: send on closed channel
-- main closes the channel that the watchman sends on.

local ctx, cancel = context.with_cancel(context.background())
local readings = chan(0, "readings")

local function watchman()
  local ticker = time.ticker(10 * time.millisecond)
  local _ <close> = defer(ticker.stop, ticker)
  local degrees = 20
  while true do
    ticker.c:recv()
    degrees = degrees + 1
    readings:send(degrees)
  end
end

go(watchman)
for _ = 1, 2 do
  print(readings:recv() .. " degrees")
end
time.sleep(25 * time.millisecond)       -- main writes it all down
readings:close()
time.sleep(20 * time.millisecond)
cancel()
