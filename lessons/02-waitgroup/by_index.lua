-- Each goroutine writes its own place; main reads them after Wait.

local wg = sync.WaitGroup("squares")
local squares = { 0, 0, 0, 0 }

local function square(i)
  local _ <close> = defer(wg.done, wg)
  squares[i] = i * i                    -- my place, nobody else's
end

for i = 1, 4 do
  wg:add(1)
  go(square, i)
end
wg:wait()                               -- what they wrote is there now
print(table.concat(squares, " "))
