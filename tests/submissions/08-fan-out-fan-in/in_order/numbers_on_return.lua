-- expect: wrong answer
-- Numbers the words when they come back.

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

local early, next_one, n = {}, 1, 0
for _ = 1, #text do
  local result = results:recv()
  n = n + 1
  early[n] = result.text
  while early[next_one] do              -- the next in order, and those after it
    print(early[next_one])
    next_one = next_one + 1
  end
end
