-- lastzero.c of the folder above: (N + 3) * 2^(N - 2).
local N = 3

local a = {}
local wg = sync.WaitGroup()

for i = 0, N do a[i] = atomic.Int(0) end
wg:add(N + 1)
go(function()
  local i = N
  while a[i]:load() ~= 0 do i = i - 1 end
  wg:done()
end)
for j = 1, N do
  go(function()
    a[j]:store(a[j - 1]:load() + 1)
    wg:done()
  end)
end
wg:wait()
