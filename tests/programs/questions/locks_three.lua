-- review: lock order: red flag: a is locked at line 9 with c held: a circle that can deadlock
-- Three locks, each pair taken in one order, go round in a circle.
local a, b, c = sync.Mutex("a"), sync.Mutex("b"), sync.Mutex("c")
local wg = sync.WaitGroup()
local function pair(first, second)
  wg:add(1)
  go(function()
    first:lock()
    second:lock()
    second:unlock()
    first:unlock()
    wg:done()
  end)
  wg:wait()
end
pair(a, b)
pair(b, c)
pair(c, a)
