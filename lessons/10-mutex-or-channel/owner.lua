-- The ticket machine again: one goroutine owns the number, nothing is locked.

local tickets = chan(0, "tickets")
local wg = sync.WaitGroup("guests")

local function machine()
  for number = 1, 3 do                  -- nobody else can see number
    tickets:send(number)
  end
end

local function guest(name)
  local _ <close> = defer(wg.done, wg)
  go.name(name)
  print(name .. " has " .. tickets:recv())
end

go(machine)
for _, name in ipairs { "ann", "ben", "eva" } do
  wg:add(1)
  go(guest, name)
end
wg:wait()
