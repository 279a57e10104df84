-- Slates to write on are used again.  Nobody wipes them.

local wg = sync.WaitGroup("guests")
local pool = sync.Pool { new = function()
  return { text = "" }
end }

local function guest(name)
  local _ <close> = defer(wg.done, wg)
  go.name(name)
  local slate = pool:get()
  slate.text = slate.text .. name .. " "
  print("written: " .. slate.text)
  pool:put(slate)                       -- as it is
end

for _, name in ipairs { "ann", "ben" } do
  wg:add(1)
  go(guest, name)
end
wg:wait()
