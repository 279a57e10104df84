-- review: cleanup: fine: after 1s: fired or stopped
local t = time.timer(time.second)
t:stop()
local late = time.after(time.millisecond)
late:recv()
