-- expect: deadlock
-- Errors have a channel of their own, read when the results are over.

local texts = { "4", "seven", "9", "ten", "6" }

local jobs, results = chan(#texts, "jobs"), chan(0, "results")
local errors = chan(0, "errors")
local wg = sync.WaitGroup()

local function square_of(text)
  local n = tonumber(text)
  if not n then
    return nil, "not a number"
  end
  return math.tointeger(n * n)
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  for job in jobs:range() do
    local value, err = square_of(job.text)
    local out = err and errors or results
    out:send { id = job.id, value = value, err = err }
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
for id, text in ipairs(texts) do
  jobs:send { id = id, text = text }
end
jobs:close()

go(function() wg:wait() results:close() errors:close() end)

local answers = {}
for answer in results:range() do
  answers[answer.id] = answer
end
for answer in errors:range() do
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
