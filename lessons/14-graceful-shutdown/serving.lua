-- Two clients; the second one is being served when the signal comes.

local listener = net.listen("shop:80")
local signals, done = chan(1, "signals"), chan(0, "done")
local wg = sync.WaitGroup("in flight")

local function serve(conn)
  local _ <close> = defer(wg.done, wg)
  time.sleep(15 * time.millisecond)     -- the work
  conn:write("bread")
  conn:close()
end

local function start()                  -- owns done: says when all is over
  local _ <close> = defer(done.close, done)
  local conn = listener:accept()
  while conn do                         -- nil: the listener was closed
    wg:add(1)
    go(serve, conn)
    conn = listener:accept()
  end
  wg:wait()
end

local function client(delay)
  time.sleep(delay * time.millisecond)
  local conn = net.dial("shop:80")
  local word = conn:read()
  print(word .. " at " .. time.now() // time.millisecond .. " ms")
  conn:close()
end

signal.notify(signals, os.interrupt)
signal.at(20 * time.millisecond, os.interrupt)
go(start)
go(client, 0)
go(client, 10)

signals:recv()
listener:close()                        -- accept no more
done:recv()                             -- and wait for those in flight
print("closed at " .. time.now() // time.millisecond .. " ms")
