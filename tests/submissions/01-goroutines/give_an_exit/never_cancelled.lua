-- expect: leak
-- The watchman listens, but main never says that it is over.

local ctx, cancel = context.with_cancel(context.background())
local readings = chan(0, "readings")

local function watchman()
  local ticker = time.ticker(10 * time.millisecond)
  local _ <close> = defer(ticker.stop, ticker)
  local degrees = 20
  while true do
    local case = select { tick = recv(ticker.c), done = recv(ctx:done()) }
    if case == "done" then return end
    degrees = degrees + 1
    case = select { out = send(readings, degrees), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

go(watchman)
for _ = 1, 2 do
  print(readings:recv() .. " degrees")
end
time.sleep(25 * time.millisecond)       -- main writes it all down
