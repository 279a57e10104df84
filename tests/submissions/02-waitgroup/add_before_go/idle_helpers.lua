-- expect: wrong answer: goroutines besides main slept or worked for 0 ms in all
-- main posts the letters; the helpers only stand about until it has done so.

local wg = sync.WaitGroup()
local box = chan(3, "box")
local posted = chan(0, "posted")

for n = 1, 3 do
  wg:add(1)
  go(function() posted:recv() wg:done() end)
end
for n = 1, 3 do
  box:send(n)
end
time.sleep(10 * time.millisecond)
posted:close()
wg:wait()
print(#box .. " of 3 letters are posted")
