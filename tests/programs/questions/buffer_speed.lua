-- review: buffer sizing: advice: with 0 passed .* with 1 passed .* with 2 passed .*: the buffer is for speed only
local c = chan(4)
go(function()
  for i = 1, 4 do c:send(i) end
end)
for _ = 1, 4 do c:recv() end
