-- One channel of pictures, three painters, and nobody deals them out.

local pictures = chan(0, "pictures")
local wg, mu = sync.WaitGroup("painters"), sync.Mutex()
local painted = 0

local function painter()
  local _ <close> = defer(wg.done, wg)
  for size in pictures:range() do
    time.sleep(size * time.millisecond) -- big ones take longer
    mu:lock()
    painted = painted + 1
    mu:unlock()
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(painter)
end
for _, size in ipairs { 50, 10, 20, 10, 10, 20 } do
  pictures:send(size)
end
pictures:close()
wg:wait()
print(painted .. " pictures in " .. time.now() // time.millisecond .. " ms")
