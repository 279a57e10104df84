-- expect: wrong answer: values sent and received
-- Starts as many goroutines as the task asks for, and they work on nothing.

local wg = sync.WaitGroup()

for _ = 1, 3 do
  wg:add(1)
  go(function()
    time.sleep(30 * time.millisecond)
    wg:done()
  end)
end
print("first answer: corner")
time.sleep(60 * time.millisecond)
wg:wait()
