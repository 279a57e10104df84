-- review: cleanup: advice: tick: still ticking when main returned
local tick = time.ticker(10)
tick.c:recv()
