-- Two postmen share one clock: a letter leaves at each tick.

local letters = chan(4, "letters")
local tick = time.ticker(10 * time.millisecond)
local wg = sync.WaitGroup()

local function ms()
  return time.now() // time.millisecond
end

local function postman()
  local _ <close> = defer(wg.done, wg)
  for letter in letters:range() do
    tick.c:recv()                       -- each tick is for one of them
    print("letter " .. letter .. " at " .. ms() .. " ms")
  end
end

for letter = 1, 4 do
  letters:send(letter)
end
letters:close()

for _ = 1, 2 do
  wg:add(1)
  go(postman)
end
wg:wait()
tick:stop()
print("all posted after " .. ms() .. " ms")
