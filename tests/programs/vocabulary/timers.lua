-- expect: passed
-- Timers set anew, functions started by the clock.

local t = time.timer(10)
print(t:reset(30), t.c:recv())
print(t:reset(5), t:stop(), t:stop())

local done = chan(1, "done")
local f = time.after_func(20, function()
  done:send(time.now())
end)
print(done:recv())
print(f:reset(7), done:recv())
print(f:stop())

local tick = time.ticker(10)
tick.c:recv()
tick:reset(25)
print(tick.c:recv(), tick:stop())
print(time.tick(3):recv())
