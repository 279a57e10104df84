-- expect: wrong answer
-- Ctrl-C, and 20 ms later once more.

local ctx, stop = signal.notify_context(context.background(), os.interrupt)
local gone = chan(0, "gone")

local function service()
  local tick = time.ticker(10 * time.millisecond)
  local _ <close> = defer(tick.stop, tick)
  while select { tick = recv(tick.c), done = recv(ctx:done()) } == "tick" do
    print("served")
  end
  time.sleep(50 * time.millisecond)     -- tidies up, thoroughly
  gone:close()
end

signal.at(25 * time.millisecond, os.interrupt)
signal.at(45 * time.millisecond, os.interrupt)
go(service)

ctx:done():recv()
print("closing")
stop()                                  -- from now on Ctrl-C ends it at once
gone:recv()
print("closed")
