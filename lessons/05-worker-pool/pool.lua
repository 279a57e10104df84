-- A worker pool: hands out jobs, collects results, stops when time is up.

local WORKERS, JOBS = 3, 12

local limit = 50 * time.millisecond
local ctx, cancel = context.with_timeout(context.background(), limit)
local _ <close> = defer(cancel)         -- always, however main ends
local jobs, results = chan(0, "jobs"), chan(0, "results")
local wg = sync.WaitGroup()

-- Owns jobs: the only one that sends on it, and the one that closes it.
local function feeder()
  local _ <close> = defer(jobs.close, jobs)
  for n = 1, JOBS do
    local case = select { job = send(jobs, n), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  while true do
    local case, n, ok = select { job = recv(jobs), done = recv(ctx:done()) }
    if case == "done" or not ok then return end
    time.sleep(20 * time.millisecond)   -- the work
    case = select { out = send(results, n * n), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

-- Owns the end of results: closes it when nobody can send any more.
local function coordinator()
  wg:wait()
  results:close()
end

for _ = 1, WORKERS do
  wg:add(1)
  go(worker)
end
go(feeder)
go(coordinator)

local count, sum = 0, 0
while true do
  local case, square, ok =
    select { result = recv(results), done = recv(ctx:done()) }
  if case == "done" or not ok then break end
  count, sum = count + 1, sum + square
end
wg:wait()                               -- let the workers get home
print(count .. " squares in time, their sum is " .. sum)
