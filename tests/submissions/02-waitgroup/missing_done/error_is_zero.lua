-- expect: wrong answer
-- A bad text is counted as a zero.

local texts = { "4", "seven", "9", "" }

local wg = sync.WaitGroup()
local good = chan(#texts, "good")

local function read(text)
  local _ <close> = defer(wg.done, wg)
  local n = tonumber(text) or 0
  good:send(n)
end

for _, text in ipairs(texts) do
  wg:add(1)
  go(read, text)
end
wg:wait()
good:close()

local count, sum = 0, 0
for n in good:range() do
  count, sum = count + 1, sum + n
end
print(count .. " numbers, their sum is " .. sum)
