-- review: cleanup: advice: ctx: over by itself, and its cancel was never called
local ctx, cancel = context.with_timeout(context.background(), 10)
ctx:done():recv()
