-- review: cancellation: fine: ctx: after its cancel every goroutine ended
local ctx, cancel = context.with_cancel(context.background())
local out = chan()
go(function() select { out = send(out, 1), done = recv(ctx:done()) } end)
cancel()
