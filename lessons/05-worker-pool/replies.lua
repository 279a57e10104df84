-- Each job brings the channel on which its own answer comes back.

local jobs = chan(0, "jobs")
local wg = sync.WaitGroup()

local function worker()
  local _ <close> = defer(wg.done, wg)
  for job in jobs:range() do
    time.sleep(job.n * time.millisecond)     -- big numbers take longer
    if job.n > 20 then
      job.reply:send { err = "too big" }
    else
      job.reply:send { value = job.n * job.n }
    end
  end
end

-- The reply channel has room for one: the worker never waits for the asker.
local function ask(n)
  local reply = chan(1, "reply")
  jobs:send { n = n, reply = reply }
  return reply
end

for _ = 1, 2 do
  wg:add(1)
  go(worker)
end

local questions = { 9, 30, 4 }
local replies = {}
for i, n in ipairs(questions) do
  replies[i] = ask(n)
end
jobs:close()

for i, n in ipairs(questions) do             -- in the order of the questions
  local answer = replies[i]:recv()
  print(n .. ": " .. (answer.err or answer.value))
end
wg:wait()
