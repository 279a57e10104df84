-- expect: race
-- Looks without the lock first: the look is an access, too.

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
  if not settings then
    mu:lock()
    if not settings then
      settings = load_settings()
    end
    mu:unlock()
  end
  return settings
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
