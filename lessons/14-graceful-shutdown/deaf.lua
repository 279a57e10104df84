-- expect: deadlock
-- Ctrl-C is pressed while the program is still starting.

local signals = chan(0, "signals")
local ready = chan(0, "ready")

local function start()
  time.sleep(20 * time.millisecond)     -- reads its settings
  ready:send(true)
end

signal.notify(signals, os.interrupt)
signal.at(15 * time.millisecond, os.interrupt)
go(start)

ready:recv()
print("ready")
signals:recv()
print("goodbye")
