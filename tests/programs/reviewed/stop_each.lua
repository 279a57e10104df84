-- expect: deadlock
-- Stop sends a quit message to each worker in turn: one has already gone.
local jobs, quit = chan(0, "jobs"), chan(0, "quit")

local function worker()
  while true do
    local case, job = select { job = recv(jobs), quit = recv(quit) }
    if case == "quit" or job == "bad" then return end
  end
end

for _ = 1, 2 do
  go(worker)
end
jobs:send("bad")
for _ = 1, 2 do
  quit:send(true)
end
