-- expect: wrong answer: no run ever has more than 1
-- Waits for each goroutine before it starts the next.

local texts = { "4", "seven", "9", "" }

local wg = sync.WaitGroup()
local good = chan(#texts, "good")

local function read(text)
  local _ <close> = defer(wg.done, wg)
  if text == "" then return end         -- nothing to read
  local n = tonumber(text)
  if not n then return end              -- not a number
  good:send(n)
end

for _, text in ipairs(texts) do
  wg:add(1)
  go(read, text)
  wg:wait()
end
good:close()

local count, sum = 0, 0
for n in good:range() do
  count, sum = count + 1, sum + n
end
print(count .. " numbers, their sum is " .. sum)
