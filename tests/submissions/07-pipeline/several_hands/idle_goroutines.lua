-- expect: wrong answer
-- Starts as many goroutines as the task asks for, and they work on nothing.

local wg = sync.WaitGroup()

for _ = 1, 7 do
  wg:add(1)
  go(function()
    time.sleep(20 * time.millisecond)
    wg:done()
  end)
end
wg:wait()
print("4 results, their sum is 34")
