-- Three goroutines, and the three ways in which a goroutine ends.

local ctx, cancel = context.with_cancel(context.background())
local orders, ended = chan(0, "orders"), chan(0, "ended")

local function does_its_work()
  time.sleep(10 * time.millisecond)
  ended:send("1: its work is done")
end

local function is_called_off()
  ctx:done():recv()                     -- until somebody cancels
  ended:send("2: the context was cancelled")
end

local function runs_out_of_input()
  for _ in orders:range() do            -- until somebody closes
  end
  ended:send("3: the channel was closed")
end

go(does_its_work)
go(is_called_off)
go(runs_out_of_input)

print((ended:recv()))
cancel()
print((ended:recv()))
orders:send("tea")
orders:close()
print((ended:recv()))
