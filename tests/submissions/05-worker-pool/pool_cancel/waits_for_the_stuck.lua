-- expect: deadlock
-- main waits for workers whose results it will never take.

local ctx, cancel = context.with_cancel(context.background())
local jobs, results = chan(0, "jobs"), chan(0, "results")
local wg = sync.WaitGroup()

local function feeder()
  local _ <close> = defer(jobs.close, jobs)
  for n = 1, 6 do
    local case = select { job = send(jobs, n), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  while true do
    local case, n, ok = select { job = recv(jobs), done = recv(ctx:done()) }
    if case == "done" or not ok then return end
    results:send(n * n)
  end
end

for _ = 1, 3 do
  wg:add(1)
  go(worker)
end
go(feeder)

local count = 0
while count < 2 do
  results:recv()
  count = count + 1
end
cancel()
wg:wait()
print(count .. " results are enough")
