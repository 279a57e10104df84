-- expect: race
-- Two clerks put money into one account.  Nothing is locked.

local wg = sync.WaitGroup("clerks")
local balance = 100

local function clerk(name)
  local _ <close> = defer(wg.done, wg)
  go.name(name)
  local old = balance                   -- reads
  print(name .. " reads " .. old)
  balance = old + 50                    -- writes
end

for _, name in ipairs { "ann", "ben" } do
  wg:add(1)
  go(clerk, name)
end
wg:wait()
print("balance: " .. balance)
