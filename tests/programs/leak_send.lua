-- expect: leak
-- A pool whose send is outside select: main leaves, a worker stands there.

local ctx, cancel = context.with_cancel(context.background())
local jobs, results = chan(4, "jobs"), chan(0, "results")

local function worker()
  while true do
    local case, n, ok = select { job = recv(jobs), done = recv(ctx:done()) }
    if case == "done" or not ok then return end
    results:send(n * n)
  end
end

for n = 1, 4 do
  jobs:send(n)
end
jobs:close()
for _ = 1, 2 do
  go(worker)
end

results:recv()
cancel()
print("one result is enough")
