-- review: error handling: fine: g: .* failures returned by Wait
local g = errgroup.group()
g:go(function() return "broken" end)
assert(g:wait() == "broken")
