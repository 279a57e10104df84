-- A watchman looks at the thermometer every 10 ms and reports the first two
-- readings.  main takes those, writes them down, and leaves.
--
-- The watchman does not.  He looks for ever, and nobody reads any more.
--
-- Your task: give the watchman an exit.  The context is there already; main
-- must use it, and the watchman must listen.

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
