-- expect: race
-- Each worker appends to one list, and nothing keeps them apart.

local texts = { "4", "seven", "9", "ten", "6" }

local jobs, results = chan(#texts, "jobs"), {}

local wg = sync.WaitGroup()

local function square_of(text)
  local n = tonumber(text)
  if not n then
    return nil, "not a number"
  end
  return math.tointeger(n * n)
end

local function worker()
  for job in jobs:range() do
    local value, err = square_of(job.text)
    table.insert(results, { id = job.id, value = value, err = err })
    wg:done()
  end
end

for _ = 1, 3 do
  go(worker)
end
for id, text in ipairs(texts) do
  wg:add(1)
  jobs:send { id = id, text = text }
end
jobs:close()
wg:wait()

local answers = {}
for _, answer in ipairs(results) do
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
