-- An unbuffered channel: a send waits until somebody takes the value.

local letters = chan(0, "letters")

local function postman()
  for _, letter in ipairs { "A", "B", "C" } do
    letters:send(letter)                -- waits here until it is taken
  end
  letters:close()
end

go(postman)

while true do
  local letter, ok = letters:recv()     -- waits here until one comes
  if not ok then break end
  time.sleep(10 * time.millisecond)     -- reading takes a while
  print("read letter " .. letter)
end
