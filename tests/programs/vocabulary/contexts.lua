-- expect: passed
-- Values, causes, and a context that goes on.

local root = context.with_value(context.background(), "user", "ann")
local ctx, cancel = context.with_cancel_cause(root)
local apart = context.without_cancel(ctx)
local ran = chan(1, "ran")
local stop = context.after_func(ctx, function()
  ran:send(context.cause(ctx))
end)

print(ctx:value("user"), ctx:value("x"), context.cause(ctx))
cancel("too slow")
print(ran:recv(), ctx:err(), context.cause(ctx), apart:err(), stop())
print(apart:value("user"), context.cause(context.with_cancel(ctx)))
