-- expect: race
-- "Locking is slow.  So look first, and lock only if it is not there."

local mu, wg = sync.Mutex("mu"), sync.WaitGroup("servers")
local config                            -- guarded by mu?

local function get()
  if not config then                    -- looks, and holds no lock
    mu:lock()
    if not config then
      print("loading")
      config = { port = 0 }
      config.port = 80
    end
    mu:unlock()
  end
  return config
end

local function server()
  local _ <close> = defer(wg.done, wg)
  print("port " .. get().port)
end

for _ = 1, 2 do
  wg:add(1)
  go(server)
end
wg:wait()
