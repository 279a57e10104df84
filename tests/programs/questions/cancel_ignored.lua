-- review: cancellation: red flag: no case that can call it off
local ctx, cancel = context.with_cancel(context.background())
local out = chan()
go(function() out:send(1) end)
cancel()
