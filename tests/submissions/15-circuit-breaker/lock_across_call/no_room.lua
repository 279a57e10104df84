-- expect: leak
-- A late answer finds nobody, and no room to be put down.

local LIMIT = 30 * time.millisecond

local mu = sync.Mutex("mu")
local state, failures = "closed", 0

local function allow()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  return state == "closed"
end

local function record(ok)
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  failures = ok and 0 or failures + 1
  state = failures < 3 and "closed" or "open"
end

local function look()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  return state
end

-- The server answers after so many ms.
local function server(ms)
  time.sleep(ms * time.millisecond)
end

local function ask(answer, ms)
  server(ms)
  answer:send(true)
end

local function call(ms)
  if not allow() then return "refused" end
  local answer = chan(0, "answer")
  go(ask, answer, ms)
  local limit = time.after(LIMIT)
  local case = select { answered = recv(answer), late = recv(limit) }
  record(case == "answered")
  return case
end

local results = chan(0, "results")

local function caller(ms)
  results:send(call(ms))
end

-- Somebody who only wants to know.
local function visitor(told)
  time.sleep(5 * time.millisecond)
  local word = look()
  told:send(word .. ", told at " .. time.now() // time.millisecond .. " ms")
end

local told = chan(1, "told")
for _, ms in ipairs { 20, 20, 50 } do
  go(caller, ms)
end
go(visitor, told)

local answered, late = 0, 0
for _ = 1, 3 do
  if results:recv() == "answered" then
    answered = answered + 1
  else
    late = late + 1
  end
end
print((told:recv()))
local ms = time.now() // time.millisecond
print(answered .. " answered, " .. late .. " late, after " .. ms .. " ms")
