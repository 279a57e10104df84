-- One call each 10 ms, to a server that is down until 45 ms.

local FAILURES, RESET = 2, 30 * time.millisecond

local asks, replies = chan(0, "asks"), chan(0, "replies")

local function server()
  for _ in asks:range() do
    replies:send(time.now() >= 45 * time.millisecond)
  end
end

local failures, opened = 0, 0           -- only main uses them: no lock

local function call()
  local open = failures >= FAILURES
  if open and time.now() - opened < RESET then
    return "refused"
  end
  asks:send(true)                       -- closed, or a try: half-open
  if replies:recv() then
    failures = 0
    return "ok"
  end
  failures, opened = failures + 1, time.now()
  return "failed"
end

go(server)
for _ = 1, 8 do
  print(time.now() // time.millisecond .. " ms: " .. call())
  time.sleep(10 * time.millisecond)
end
asks:close()
