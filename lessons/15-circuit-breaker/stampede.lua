-- The time is over: may one try whether the server is up again?

local mu = sync.Mutex("mu")
local state = "open, and its time is over"
local asks = chan(0, "asks")
local wg = sync.WaitGroup("callers")

local function server()                 -- still down
  local count = 0
  for reply in asks:range() do
    count = count + 1
    reply:send(false)
  end
  print("tries: " .. count)
  wg:done()
end

local function caller()
  local _ <close> = defer(wg.done, wg)
  mu:lock()
  local go_on = state ~= "open"         -- half-open: go on
  if state ~= "open" then
    state = "half-open"
  end
  mu:unlock()
  if not go_on then return end

  local reply = chan(1, "reply")
  asks:send(reply)
  if not reply:recv() then
    mu:lock()
    state = "open"                      -- again, for a while
    mu:unlock()
  end
end

wg:add(3)
for _ = 1, 3 do
  go(caller)
end
go(server)
wg:wait()
wg:add(1)
asks:close()
wg:wait()
