-- The server is down, and everybody finds out for himself.

local asks = chan(0, "asks")            -- nobody receives: it is down
local wg = sync.WaitGroup("guests")

local function guest()
  local _ <close> = defer(wg.done, wg)
  for _ = 1, 2 do
    local limit = time.after(50 * time.millisecond)
    select { asked = send(asks, true), limit = recv(limit) }
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(guest)
end
wg:wait()
print("6 calls failed after " .. time.now() // time.millisecond .. " ms")
