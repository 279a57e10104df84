-- Each of them can be called off, wherever it waits.

local ctx, cancel = context.with_cancel(context.background())
local drawers, found = chan(0, "drawers"), chan(0, "found")
local wg = sync.WaitGroup("searchers")

local function name_drawers()
  local _ <close> = defer(drawers.close, drawers)
  for drawer = 1, 6 do
    local case = select { to = send(drawers, drawer), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

local function searcher()
  local _ <close> = defer(wg.done, wg)
  for drawer in drawers:range() do
    time.sleep(10 * time.millisecond)   -- looks into it
    local case = select { key = send(found, drawer), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

go(name_drawers)
for _ = 1, 2 do
  wg:add(1)
  go(searcher)
end
found:recv()                            -- one key is enough
cancel()
wg:wait()
print("all searchers are home")
