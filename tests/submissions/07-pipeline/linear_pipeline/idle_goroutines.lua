-- expect: wrong answer
-- Starts as many goroutines as the task asks for, and they bake nothing.

local wg = sync.WaitGroup()

for _ = 1, 3 do
  wg:add(1)
  go(function()
    time.sleep(40 * time.millisecond)
    wg:done()
  end)
end
wg:wait()
for n = 1, 4 do
  print("loaf " .. n)
end
print("sold out")
