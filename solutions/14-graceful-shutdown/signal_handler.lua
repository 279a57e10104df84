-- Copies files, and has a lock file while it does so.
--
-- It asks for the signal before it begins.  The signal cancels a context, and
-- the copier looks at it between two files.

local FILES = 10

local copied = chan(0, "copied")
local ctx, stop = signal.notify_context(context.background(), syscall.SIGTERM)

local function copier(ctx)
  local _ <close> = defer(copied.close, copied)
  for file = 1, FILES do
    if ctx:err() then return end        -- between two files, never within
    time.sleep(10 * time.millisecond)   -- copies it
    copied:send(file)
  end
end

print("lock file made")
go(copier, ctx)
local count = 0
for _ in copied:range() do
  count = count + 1
end
stop()
print(count .. " files copied")
print("lock file removed")
