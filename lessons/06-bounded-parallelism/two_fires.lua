-- A semaphore: a channel with room for as many as may work at once.

local fires = chan(2, "fires")
local wg = sync.WaitGroup("guests")

local function guest(n)
  local _ <close> = defer(wg.done, wg)
  fires:send(n)                         -- take a fire: waits if none is free
  time.sleep(10 * time.millisecond)     -- on the fire
  fires:recv()                          -- give it back
end

for n = 1, 5 do
  wg:add(1)
  go(guest, n)
end
wg:wait()
print("five pots in " .. time.now() // time.millisecond .. " ms")
