-- expect: race
-- Three workers put their results at the end of one list.

local wg = sync.WaitGroup("workers")
local results = {}

local function square(n)
  local _ <close> = defer(wg.done, wg)
  local place = #results + 1            -- the next free one
  print(n .. " goes to place " .. place)
  results[place] = n * n
end

for n = 1, 3 do
  wg:add(1)
  go(square, n)
end
wg:wait()
print(#results .. " results")
