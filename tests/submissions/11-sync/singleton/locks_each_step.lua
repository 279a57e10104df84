-- expect: wrong answer
-- Locks each look and each write, but not the two together: all three load.

local wg = sync.WaitGroup("servers")
local mu = sync.Mutex()
local settings                          -- of all servers
local listening = atomic.Int64()

local function load_settings()
  time.sleep(10 * time.millisecond)     -- reads the file
  print("settings loaded")
  return { port = 80 }
end

local function get_settings()
  mu:lock()
  local there = settings
  mu:unlock()
  if not there then
    there = load_settings()
    mu:lock()
    settings = there
    mu:unlock()
  end
  return there
end

local function server()
  local _ <close> = defer(wg.done, wg)
  if get_settings().port == 80 then
    listening:add(1)
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(server)
end
wg:wait()
print(listening:load() .. " servers listen on port 80")
