-- The soup is ready in the moment in which the guest leaves.

local ctx, cancel = context.with_cancel(context.background())
local soup = chan(0, "soup")
local wg = sync.WaitGroup("kitchen")

local function cook()
  local _ <close> = defer(wg.done, wg)
  select { soup = send(soup, "soup"), done = recv(ctx:done()) }
end

local function guest()
  local _ <close> = defer(wg.done, wg)
  cancel()                              -- leaves
end

wg:add(2)
go(cook)
go(guest)
local case, dish = select { soup = recv(soup), done = recv(ctx:done()) }
print(case == "soup" and dish .. " is served" or "no soup: " .. ctx:err())
wg:wait()
