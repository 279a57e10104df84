-- philo.c of the folder above: 2^N - 1, one deadlock; ORDERED: 2^N - 2, none.
local N = 3
local ORDERED = false

local forks = {}
local wg = sync.WaitGroup()

for i = 1, N do forks[i] = sync.Mutex() end
wg:add(N)
for i = 1, N do
  local first, second = forks[i], forks[i % N + 1]
  if ORDERED and i == N then first, second = second, first end
  go(function()
    first:lock()
    second:lock()
    second:unlock()
    first:unlock()
    wg:done()
  end)
end
wg:wait()
