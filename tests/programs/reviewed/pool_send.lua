-- expect: leak
-- A pool whose send of a result is outside select: the consumer leaves, the workers stay.
local ctx, cancel = context.with_cancel(context.background())
local jobs, results = chan(3, "jobs"), chan(0, "results")

local function worker()
  while true do
    local case, n, ok = select { job = recv(jobs), done = recv(ctx:done()) }
    if case == "done" or not ok then return end
    results:send(n * n)
  end
end

for n = 1, 3 do
  jobs:send(n)
end
jobs:close()
go(worker)
go(worker)
print(results:recv() > 0)
cancel()
