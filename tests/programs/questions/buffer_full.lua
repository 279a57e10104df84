-- review: buffer sizing: red flag: c: capacity 1, at most 1 in it; when it is full
local c = chan(1)
go(function()
  c:send(1)
  c:send(2)
  c:send(3)
end)
c:recv()
