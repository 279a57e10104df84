-- expect: race
-- Two waiters write the same word on the same slate: the answer is always right.

local slate = ""
local wg = sync.WaitGroup()

local function waiter()
  slate = "fish"
  wg:done()
end

for _ = 1, 2 do
  wg:add(1)
  go(waiter)
end
wg:wait()
if slate ~= "fish" then             -- the check
  panic("not fish")
end
print("ok: fish")
