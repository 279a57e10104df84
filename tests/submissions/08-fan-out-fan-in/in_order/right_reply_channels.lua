-- expect: passed
-- Another way: a queue of channels, one for each word, read in order.

local text = { "der", "Hund", "bellt", "im", "Hof" }
local translation = {
  der = "the", Hund = "dog", bellt = "barks", im = "in the", Hof = "yard",
}
local words, replies = chan(#text, "words"), chan(#text, "replies")

local function worker()
  for word in words:range() do
    local ms = word.text == "der" and 30 or 10   -- der, die, das, dem, den ...
    time.sleep(ms * time.millisecond)
    word.reply:send(translation[word.text])
  end
end

for _, word in ipairs(text) do
  local reply = chan(1, "reply")
  words:send { text = word, reply = reply }
  replies:send(reply)
end
words:close()
replies:close()
for _ = 1, 3 do
  go(worker)
end

for reply in replies:range() do
  print((reply:recv()))
end
