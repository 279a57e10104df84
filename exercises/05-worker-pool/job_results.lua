-- One answer for each job: some jobs go wrong, and the asker must learn which.
--
-- Run it and it looks right.  Check it, and a schedule comes up in which the
-- answers stand beside the wrong questions.
--
-- Your task: print each answer, or its error, beside the text it belongs to,
-- in the order of the texts, whichever worker is quicker.

local texts = { "4", "seven", "9", "ten", "6" }

local jobs, results = chan(#texts, "jobs"), chan(#texts, "results")

local function square_of(text)
  local n = tonumber(text)
  if not n then
    return nil, "not a number"
  end
  return math.tointeger(n * n)
end

local function worker()
  for text in jobs:range() do
    local value, err = square_of(text)
    results:send { value = value, err = err }
  end
end

for _ = 1, 3 do
  go(worker)
end
for _, text in ipairs(texts) do
  jobs:send(text)
end
jobs:close()

for i = 1, #texts do
  local answer = results:recv()         -- the answer to which text?
  if answer.err then
    print(texts[i] .. ": error: " .. answer.err)
  else
    print(texts[i] .. ": " .. answer.value)
  end
end
