-- expect: deadlock
-- Waits for a server that nobody has told to stop.

local listener = net.listen("shop:80")
local signals = chan(1, "signals")
local done = chan(0, "done")
local clients = sync.WaitGroup("clients")

local function ms()
  return time.now() // time.millisecond
end

local in_flight = sync.WaitGroup("in flight")

local function serve(conn)
  local _ <close> = defer(in_flight.done, in_flight)
  time.sleep(15 * time.millisecond)     -- the work
  conn:write("bread")
  conn:close()
end

-- Serves until the listener is closed, and then those who are in flight.
local function start()
  local _ <close> = defer(done.close, done)
  local conn = listener:accept()
  while conn do
    in_flight:add(1)
    go(serve, conn)
    conn = listener:accept()
  end
  in_flight:wait()
end

local function client(name, delay)
  local _ <close> = defer(clients.done, clients)
  time.sleep(delay * time.millisecond)
  local conn = net.dial("shop:80")
  local answer, err = conn:read()
  print(name .. ": " .. (answer or err) .. " at " .. ms() .. " ms")
  conn:close()
end

clients:add(3)
go(client, "first", 10)
go(client, "second", 40)
go(client, "third", 42)

signal.notify(signals, os.interrupt)
go(start)
signals:recv()
done:recv()                             -- wait for those in flight
print("closed at " .. ms() .. " ms")
clients:wait()
