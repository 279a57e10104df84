-- A ticket machine.  Its number is touched only under the lock.

local mu = sync.Mutex("mu")
local wg = sync.WaitGroup("guests")
local number = 0                        -- guarded by mu

local function draw()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  number = number + 1
  return number
end

local function guest(name)
  local _ <close> = defer(wg.done, wg)
  go.name(name)
  print(name .. " has " .. draw())
end

for _, name in ipairs { "ann", "ben", "eva" } do
  wg:add(1)
  go(guest, name)
end
wg:wait()
