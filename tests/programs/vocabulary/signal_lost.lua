-- expect: deadlock
-- The channel has no room, and main is not there yet: the signal is lost.
local sigs = chan()
signal.notify(sigs, syscall.SIGINT)
signal.raise(syscall.SIGINT)
sigs:recv()
