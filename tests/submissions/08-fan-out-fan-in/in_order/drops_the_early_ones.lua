-- expect: deadlock
-- Prints what comes in order, and throws away what comes early.

local text = { "der", "Hund", "bellt", "im", "Hof" }
local translation = {
  der = "the", Hund = "dog", bellt = "barks", im = "in the", Hof = "yard",
}
local words, results = chan(#text, "words"), chan(#text, "results")

local function worker()
  for word in words:range() do
    local ms = word.text == "der" and 30 or 10   -- der, die, das, dem, den ...
    time.sleep(ms * time.millisecond)
    results:send { n = word.n, text = translation[word.text] }
  end
end

for n, word in ipairs(text) do
  words:send { n = n, text = word }
end
words:close()
for _ = 1, 3 do
  go(worker)
end

local next_one = 1
while next_one <= #text do
  local result = results:recv()
  if result.n == next_one then
    print(result.text)
    next_one = next_one + 1
  end
end
