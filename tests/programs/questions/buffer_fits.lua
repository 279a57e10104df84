-- review: buffer sizing: fine: c: capacity 2, at most 2 in it: with less
local c = chan(2)
c:send(1)
c:send(2)
