-- expect: deadlock
-- Every goroutine is counted in, and only the good ones out.

local texts = { "4", "seven", "9", "" }

local wg = sync.WaitGroup()
local good = chan(#texts, "good")

local function read(text)
  if text == "" then return end         -- nothing to read
  local n = tonumber(text)
  if n then
    good:send(n)
    wg:done()
  end
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
