-- Three fetch something, and one fails.  Two of them listen to the context.

local ms = time.millisecond
local g, ctx = errgroup.with_context(context.background())

g:go(function()                         -- fails soon
  time.sleep(10 * ms)
  return errors.new("menu: not found")
end)
g:go(function()                         -- listens
  local found = time.after(50 * ms)
  if select { found = recv(found), done = recv(ctx:done()) } == "done" then
    return errors.wrap(ctx:err(), "wine list")
  end
end)
g:go(function()                         -- does not listen
  time.sleep(30 * ms)
end)

print(g:wait())
print("after " .. time.now() // ms .. " ms")
