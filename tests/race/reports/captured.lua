-- one variable for all goroutines, where each wants its own
local jobs = { "lint", "test" }
local done = chan(2)
local job

for i = 1, 2 do
  job = jobs[i]
  go(function()
    done:send(job)
  end)
end
print(done:recv(), done:recv())
