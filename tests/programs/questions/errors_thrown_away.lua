-- review: error handling: red flag: g: the error that its Wait returns is thrown away
local g = errgroup.group()
g:go(function() return "broken" end)
g:wait()
