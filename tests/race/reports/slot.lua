-- results by index, read before the Wait
local results = {}
local wg = sync.WaitGroup()

for i = 1, 3 do
  wg:add(1)
  go(function()
    results[i] = i * i
    wg:done()
  end)
end
local sum = 0
for i = 1, 3 do
  sum = sum + (results[i] or 0)
end
wg:wait()
print(sum)
