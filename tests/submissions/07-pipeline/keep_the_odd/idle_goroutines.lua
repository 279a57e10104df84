-- expect: wrong answer
-- Starts as many goroutines as the task asks for, and they work on nothing.

local wg = sync.WaitGroup()

for _ = 1, 3 do
  wg:add(1)
  go(function()
    time.sleep(10 * time.millisecond)
    wg:done()
  end)
end
wg:wait()
for _, n in ipairs { 1, 9, 25 } do
  print(n)
end
