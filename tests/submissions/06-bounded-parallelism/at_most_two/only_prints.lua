-- expect: wrong answer: slept or worked for 0 ms in all
-- Prints what the task shows; the goroutines it starts have nothing to do.

local wg = sync.WaitGroup()

for _ = 1, 2 do
  wg:add(1)
  go(function()
    wg:done()
  end)
end
wg:wait()
print("4 downloads, at most 2 at a time")
