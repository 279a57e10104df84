-- First ask, then insist.  Three guests are at table when the shop closes.

local work, insist = context.with_cancel(context.background())
local finished = chan(0, "finished")
local wg = sync.WaitGroup("guests")

local function guest(name, ms)
  local _ <close> = defer(wg.done, wg)
  local fed = time.after(ms * time.millisecond)
  local case = select { fed = recv(fed), out = recv(work:done()) }
  local now = time.now() // time.millisecond
  print(name .. ": " .. case .. " at " .. now .. " ms")
end

local function watch()
  wg:wait()
  finished:close()
end

for name, ms in pairs { hasty = 10, slow = 40, talker = 500 } do
  wg:add(1)
  go(guest, name, ms)
end
go(watch)

local limit = time.after(60 * time.millisecond)
if select { all = recv(finished), limit = recv(limit) } == "limit" then
  insist()                              -- the second phase
  finished:recv()                       -- short: everybody listens
end
print("closed after " .. time.now() // time.millisecond .. " ms")
