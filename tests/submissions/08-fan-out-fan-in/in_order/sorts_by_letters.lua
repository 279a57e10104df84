-- expect: wrong answer
-- Sorts the translations: an order, but not that of the text.

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

local all = {}
for _ = 1, #text do
  local result = results:recv()
  all[#all + 1] = result.text
end
table.sort(all)
for _, word in ipairs(all) do
  print(word)
end
