-- expect: passed
-- Another way: each job brings the channel for its own answer.

local texts = { "4", "seven", "9", "ten", "6" }

local jobs = chan(0, "jobs")

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
    job.reply:send { value = value, err = err }
  end
end

for _ = 1, 3 do
  go(worker)
end
local replies = {}
for i, text in ipairs(texts) do
  replies[i] = chan(1, "reply")
  jobs:send { text = text, reply = replies[i] }
end
jobs:close()

for i, text in ipairs(texts) do
  local answer = replies[i]:recv()
  if answer.err then
    print(text .. ": error: " .. answer.err)
  else
    print(text .. ": " .. answer.value)
  end
end
