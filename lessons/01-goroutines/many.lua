-- Forty goroutines sleep at the same time, and it takes no longer than one.

local awake = chan(0, "awake")

local function sleeper()
  time.sleep(10 * time.millisecond)
  awake:send(true)
end

for _ = 1, 40 do
  go(sleeper)
end
print(go.num_goroutine() .. " goroutines, main among them")
for _ = 1, 40 do
  awake:recv()
end
print("all awake after " .. time.now() // time.millisecond .. " ms")
