-- A pool that is told to stop: main wants two results, not six.
--
-- A goroutine may be stuck wherever it waits, so each wait, the sends as well
-- as the receives, stands in a select beside ctx:done().

local ctx, cancel = context.with_cancel(context.background())
local jobs, results = chan(0, "jobs"), chan(0, "results")

local function feeder()
  local _ <close> = defer(jobs.close, jobs)
  for n = 1, 6 do
    local case = select { job = send(jobs, n), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

local function worker()
  while true do
    local case, n, ok = select { job = recv(jobs), done = recv(ctx:done()) }
    if case == "done" or not ok then return end
    case = select { out = send(results, n * n), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

for _ = 1, 3 do
  go(worker)
end
go(feeder)

local count = 0
while count < 2 do
  results:recv()
  count = count + 1
end
cancel()
print(count .. " results are enough")
