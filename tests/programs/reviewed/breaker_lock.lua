-- expect: leak
-- review: lock order: advice: mu is held for 100ns of virtual time
-- A circuit breaker that holds its lock while it runs the call, and forgets the call that timed out.
local mu, state = sync.Mutex("mu"), "closed"

local function call(f)
  mu:lock()
  local answer = chan(0, "answer")
  go(function() answer:send(f()) end)
  local case = select { answer = recv(answer), timeout = recv(time.after(100)) }
  if case == "timeout" then state = "open" end
  mu:unlock()
  return case
end

local function look()
  mu:lock()
  local now = state
  mu:unlock()
  return now
end

local asked = chan(0, "asked")
go(function()
  asked:send(look())
end)
call(function() time.sleep(500) return "late" end)
asked:recv()
