-- review: buffer sizing: advice: c: capacity 8, at most 2 in it: with 2 every run
local c = chan(8)
c:send(1)
c:send(2)
c:recv()
