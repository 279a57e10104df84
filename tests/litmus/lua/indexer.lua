-- indexer.c of the folder above: 8^(N - 11), from 11 on.
local N = 12

local SIZE, MOST = 128, 4
local locks, slots = {}, {}
local wg = sync.WaitGroup()

for h = 0, SIZE - 1 do locks[h] = sync.Mutex() slots[h] = 0 end

local function put(h, value)
  locks[h]:lock()
  local free = slots[h] == 0
  if free then slots[h] = value end
  locks[h]:unlock()
  return free
end

wg:add(N)
for i = 0, N - 1 do
  go(function()
    for m = 1, MOST do
      local value = m * 11 + i
      local h = value * 7 % SIZE
      while not put(h, value) do h = (h + 1) % SIZE end
    end
    wg:done()
  end)
end
wg:wait()
