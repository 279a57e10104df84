-- expect: passed
-- The first error is what Wait returns, and it cancels the others.

local g, ctx = errgroup.with_context(context.background())

g:go(function() return "broken" end)
g:go(function()
  ctx:done():recv()
  return ctx:err()
end)
assert(g:wait() == "broken")
assert(ctx:err() == "context canceled")
assert(context.cause(ctx) == "broken")

g = errgroup.group()
g:set_limit(1)
local n = 0
for _ = 1, 3 do
  g:go(function() n = n + 1 end)
end
print(g:wait(), n, g:try_go(function() end), g:try_go(function() end))
print(pcall(g.set_limit, g, 2))
g:wait()
