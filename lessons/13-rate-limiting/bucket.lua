-- A bucket of tokens: two may come at once, then one each 10 ms.

local BURST = 2

local tokens = chan(BURST, "tokens")
local ctx, cancel = context.with_cancel(context.background())
local wg = sync.WaitGroup("guests")

local function refill()
  local tick = time.ticker(10 * time.millisecond)
  local _ <close> = defer(tick.stop, tick)
  while select { tick = recv(tick.c), done = recv(ctx:done()) } == "tick" do
    select { token = send(tokens, true), default = true }  -- full: spilt
  end
end

local function guest()
  local _ <close> = defer(wg.done, wg)
  tokens:recv()
  print("in at " .. time.now() // time.millisecond .. " ms")
end

for _ = 1, BURST do
  tokens:send(true)                     -- it starts full
end
go(refill)
for _ = 1, 4 do
  wg:add(1)
  go(guest)
end
wg:wait()
cancel()
