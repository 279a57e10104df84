-- expect: wrong answer: values sent and received
-- Prints what the task shows; the goroutine it starts has nothing to do.

local wg = sync.WaitGroup()

wg:add(1)
go(function()
  wg:done()
end)
wg:wait()
print("3 visits")
