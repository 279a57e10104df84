-- A module whose loading starts nothing: main starts it, stops it, waits.

local clock = { ticks = 0 }             -- the module

function clock.start(ctx)
  local ended = chan(0, "ended")
  go(function()
    local _ <close> = defer(ended.close, ended)
    local ticker = time.ticker(10 * time.millisecond)
    while select { tick = recv(ticker.c), done = recv(ctx:done()) }
          == "tick" do
      clock.ticks = clock.ticks + 1
    end
    ticker:stop()
  end)
  return ended
end

local ctx, cancel = context.with_cancel(context.background())
local ended = clock.start(ctx)          -- main
time.sleep(35 * time.millisecond)
cancel()
ended:recv()
print(clock.ticks .. " ticks")
