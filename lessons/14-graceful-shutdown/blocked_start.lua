-- expect: deadlock
-- Starts the server, then waits for Ctrl-C.  Or does it?

local listener = net.listen("shop:80")
local signals = chan(1, "signals")

local function start()
  while true do
    local conn = listener:accept()
    if not conn then return end         -- the listener was closed
    conn:write("bread")
    conn:close()
  end
end

local function client()
  local conn = net.dial("shop:80")
  print("client: " .. conn:read())
  conn:close()
end

signal.notify(signals, os.interrupt)
signal.at(20 * time.millisecond, os.interrupt)
go(client)

start()
signals:recv()
listener:close()
print("closed")
