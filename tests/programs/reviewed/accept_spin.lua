-- expect: leak
-- Spins by default when there is no job; blocks on a full queue when it should look at ctx.
local ctx, cancel = context.with_cancel(context.background())
local incoming, queue = chan(2, "incoming"), chan(1, "queue")

go(function()
  while true do
    local case, job = select { done = recv(ctx:done()), job = recv(incoming), default = true }
    if case == "done" then return end
    if case == "job" then queue:send(job) end
  end
end)

incoming:send(1)
incoming:send(2)
cancel()
