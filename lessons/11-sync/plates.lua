-- Two plates, two guests, one bell.  Look at the 'if'.

local mu = sync.Mutex("mu")
local bell, wg = sync.Cond(mu, "bell"), sync.WaitGroup("guests")
local plates = 0                        -- guarded by mu

local function guest(name)
  local _ <close> = defer(wg.done, wg)
  go.name(name)
  mu:lock()
  if plates == 0 then
    bell:wait()
  end
  plates = plates - 1
  print(name .. " eats, plates left: " .. plates)
  mu:unlock()
end

wg:add(2)
go(guest, "ann")
go(guest, "ben")
for _ = 1, 2 do
  mu:lock()
  plates = plates + 1
  bell:signal()
  mu:unlock()
end
wg:wait()
