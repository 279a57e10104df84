-- expect: wrong answer: 3 cancelled contexts, 0 were
-- Prints what the task shows; the goroutines it starts have nothing to do.

local wg = sync.WaitGroup()

for _ = 1, 3 do
  wg:add(1)
  go(function()
    wg:done()
  end)
end
wg:wait()
print("nothing to look for")
print("coffee was not found")
print("tea was found")
