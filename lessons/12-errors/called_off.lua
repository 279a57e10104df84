-- Three are fetched, and one fails.  The wine listens to the context.

local ms = time.millisecond
local g, ctx = errgroup.with_context(context.background())

local function menu()                   -- fails soon
  time.sleep(10 * ms)
  return errors.new("menu: not found")
end

local function wine()                   -- listens
  local found = time.after(50 * ms)
  if select { found = recv(found), done = recv(ctx:done()) } == "done" then
    return errors.wrap(ctx:err(), "wine")
  end
end

local function bread()                  -- does not listen
  time.sleep(30 * ms)
end

g:go(menu)
g:go(wine)
g:go(bread)
print(g:wait())
print("after " .. time.now() // ms .. " ms")
