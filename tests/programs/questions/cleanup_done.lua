-- review: cleanup: fine: tick: stopped, ([0-9]+) of \1
local tick = time.ticker(10)
tick.c:recv()
tick:stop()
