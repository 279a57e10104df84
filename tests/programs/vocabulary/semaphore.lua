-- expect: passed
-- At most one at once.

local sem = semaphore.weighted(1, "sem")
local busy, wg = atomic.Int(0, "busy"), sync.WaitGroup("wg")
local ctx, cancel = context.with_timeout(context.background(), 10)

for _ = 1, 2 do
  wg:add(1)
  go(function()
    assert(sem:acquire(nil, 1) == nil)
    assert(busy:add(1) <= 1, "more than one")
    busy:add(-1)
    sem:release(1)
    wg:done()
  end)
end
wg:wait()
print(sem:try_acquire(2), sem:try_acquire(1), sem:acquire(ctx, 1))
print(pcall(sem.release, sem, 2))
cancel()
