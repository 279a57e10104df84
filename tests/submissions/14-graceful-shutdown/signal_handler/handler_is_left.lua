-- expect: leak
-- The handler waits for a second signal that never comes.

local FILES = 10

local copied = chan(0, "copied")
local signals = chan(1, "signals")
local ctx, cancel = context.with_cancel(context.background())

local function copier(ctx)
  local _ <close> = defer(copied.close, copied)
  for file = 1, FILES do
    if ctx:err() then return end        -- between two files, never within
    time.sleep(10 * time.millisecond)   -- copies it
    copied:send(file)
  end
end

print("lock file made")
signal.notify(signals, syscall.SIGTERM)
go(function()
  for _ in signals:range() do
    cancel()
  end
end)
go(copier, ctx)
local count = 0
for _ in copied:range() do
  count = count + 1
end
signal.stop(signals)
print(count .. " files copied")
print("lock file removed")
