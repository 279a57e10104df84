-- expect: wrong answer: 2 cancelled contexts, 0 were
-- Prints what the task shows; the goroutines it starts have nothing to do.

local wg = sync.WaitGroup()

for _ = 1, 6 do
  wg:add(1)
  go(function()
    wg:done()
  end)
end
wg:wait()
print("b answers")
print("nobody answers")
