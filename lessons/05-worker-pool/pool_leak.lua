-- expect: leak
-- The pool with one select taken away.  Where does a worker get stuck?

local WORKERS, JOBS = 3, 12

local limit = 50 * time.millisecond
local ctx, cancel = context.with_timeout(context.background(), limit)
local _ <close> = defer(cancel)
local jobs, results = chan(0, "jobs"), chan(0, "results")

local function feeder()
  local _ <close> = defer(jobs.close, jobs)
  for n = 1, JOBS do
    local case = select { job = send(jobs, n), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

local function worker()
  while true do
    local case, n, ok = select { job = recv(jobs), done = recv(ctx:done()) }
    if case == "done" or not ok then return end
    time.sleep(20 * time.millisecond)   -- the work
    results:send(n * n)                 -- and if nobody listens any more?
  end
end

for _ = 1, WORKERS do
  go(worker)
end
go(feeder)

local count = 0
while select { result = recv(results), done = recv(ctx:done()) } ~= "done" do
  count = count + 1
end
print(count .. " squares in time")
