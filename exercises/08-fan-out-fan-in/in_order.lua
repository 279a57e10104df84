-- Three workers translate five words, and some words take longer than others.
-- The translation comes out in the order in which the workers finish.
--
-- Your task: print it in the order of the text.  The workers must still work
-- at the same time: 40 ms for all of it is allowed, one by one takes 70.

local text = { "der", "Hund", "bellt", "im", "Hof" }
local translation = {
  der = "the", Hund = "dog", bellt = "barks", im = "in the", Hof = "yard",
}
local words, results = chan(#text, "words"), chan(#text, "results")

local function worker()
  for word in words:range() do
    local ms = word.text == "der" and 30 or 10   -- der, die, das, dem, den ...
    time.sleep(ms * time.millisecond)
    results:send { text = translation[word.text] }
  end
end

for _, word in ipairs(text) do
  words:send { text = word }
end
words:close()
for _ = 1, 3 do
  go(worker)
end

for _ = 1, #text do
  local result = results:recv()
  print(result.text)                    -- the translation of which word?
end
