-- expect: passed
-- Another way: a goroutine that does a fixed number of things ends by itself.

local ctx, cancel = context.with_cancel(context.background())
local readings = chan(0, "readings")

local function watchman()
  local ticker = time.ticker(10 * time.millisecond)
  local _ <close> = defer(ticker.stop, ticker)
  local degrees = 20
  for _ = 1, 2 do
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
cancel()
