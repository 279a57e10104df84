-- review: exit paths: red flag: blocked for ever, receiving at line 5
-- Nobody sends, nobody closes.
local c = chan()
go(function()
  c:recv()
end)
