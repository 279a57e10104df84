-- expect: wrong answer: values sent and received
-- Prints what the task shows; the goroutines it starts have nothing to do.

local wg = sync.WaitGroup()

for _ = 1, 4 do
  wg:add(1)
  go(function()
    wg:done()
  end)
end
wg:wait()
print("2 numbers, their sum is 13")
