-- Graceful shutdown: accept no more, finish what was accepted, within a limit.

local jobs = chan(4, "jobs")
local finished = chan(0, "finished")
local wg, mu = sync.WaitGroup(), sync.Mutex()
local done = 0

local function reception(open)             -- accepts a job every 5 ms
  local _ <close> = defer(jobs.close, jobs)
  for job = 1, 100 do
    if open:err() then return end          -- the doors are closed
    if select { job = send(jobs, job), closing = recv(open:done()) }
       == "closing" then return end
    time.sleep(5 * time.millisecond)
  end
end

local function worker()
  local _ <close> = defer(wg.done, wg)
  for _ in jobs:range() do                 -- drains what is left, then ends
    time.sleep(12 * time.millisecond)      -- the work
    mu:lock()
    done = done + 1
    mu:unlock()
  end
end

local function watch()
  wg:wait()
  finished:close()
end

local open, close_doors = context.with_cancel(context.background())
for _ = 1, 2 do
  wg:add(1)
  go(worker)
end
go(reception, open)
go(watch)

time.sleep(22 * time.millisecond)
close_doors()                              -- 1. accept no more
local limit = time.after(100 * time.millisecond)
local case = select { finished = recv(finished), limit = recv(limit) }
mu:lock()                                  -- 2. wait for the rest, not for ever
print(case .. ": " .. done .. " jobs done")
mu:unlock()
