-- expect: passed
-- Three at once, then one each 10 ms.

local limiter = rate.limiter(10 * time.millisecond, 3, "limiter")
local background = context.background()

for i = 1, 5 do
  assert(limiter:wait(background) == nil)
  print(i, time.now() // time.millisecond)
end
print(limiter:allow(), limiter:wait(background, 4))
local r = limiter:reserve(2)
print(r:ok(), r:delay() // time.millisecond)
r:cancel()
local soon, cancel = context.with_timeout(background, 5 * time.millisecond)
print(limiter:wait(soon, 2))
cancel()
