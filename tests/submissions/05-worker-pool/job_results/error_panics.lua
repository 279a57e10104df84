-- expect: panic: not a number
-- An error of one job ends the whole program.

local texts = { "4", "seven", "9", "ten", "6" }

local jobs, results = chan(#texts, "jobs"), chan(#texts, "results")

local function square_of(text)
  local n = tonumber(text)
  if not n then
    panic("not a number")
  end
  return math.tointeger(n * n)
end

local function worker()
  for job in jobs:range() do
    local value, err = square_of(job.text)
    results:send { id = job.id, value = value, err = err }
  end
end

for _ = 1, 3 do
  go(worker)
end
for id, text in ipairs(texts) do
  jobs:send { id = id, text = text }
end
jobs:close()

local answers = {}
for _ = 1, #texts do
  local answer = results:recv()
  answers[answer.id] = answer
end

for id, text in ipairs(texts) do
  local answer = answers[id]
  if answer.err then
    print(text .. ": error: " .. answer.err)
  else
    print(text .. ": " .. answer.value)
  end
end
