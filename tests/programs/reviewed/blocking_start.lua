-- expect: deadlock
-- start serves until it is stopped: called without go, the signal after it is never waited for.
local conns, quit, signals = chan(0, "conns"), chan(0, "quit"), chan(1, "signals")

local function start()
  while true do
    local case, n = select { conn = recv(conns), quit = recv(quit) }
    if case == "quit" then return end
    print("served", n)
  end
end

go(function()
  conns:send(1)
  time.sleep(50)
  signals:send("interrupt")
end)
start()
signals:recv()
quit:close()
print("shut down")
