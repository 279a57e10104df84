-- Takes the fire before it starts the goroutine: who waits now?

local fires = chan(2, "fires")
local wg = sync.WaitGroup("guests")
local most = 0

local function guest()
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- on the fire
  fires:recv()                          -- give it back
end

for n = 1, 6 do
  fires:send(n)                         -- main waits here, and nobody else
  wg:add(1)
  go(guest)
  most = math.max(most, go.num_goroutine())
end
wg:wait()
print("six guests, and " .. most .. " goroutines at most, with main")
