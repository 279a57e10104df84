-- buffer.c of the folder above; a buffer of one item.
-- With BUG = 2 the counts are others: see go/buffer.c.
local P = 2
local C = 2
local K = 1
local BUG = 0

local mu = sync.Mutex()
local not_full = sync.Cond(mu)
local not_empty = BUG == 1 and not_full or sync.Cond(mu)
local wg = sync.WaitGroup()
local used = false

local function wait_while(full, cond)
  while used == full do
    cond:wait()
    if BUG == 2 then break end
  end
  assert(used ~= full)
end

local function work(times, fills)
  for _ = 1, times do
    mu:lock()
    wait_while(fills, fills and not_full or not_empty)
    used = fills
    local cond = fills and not_empty or not_full
    cond:signal()
    mu:unlock()
  end
  wg:done()
end

wg:add(P + C)
for _ = 1, P do go(work, K, true) end
for _ = 1, C do go(work, P * K // C, false) end
wg:wait()
