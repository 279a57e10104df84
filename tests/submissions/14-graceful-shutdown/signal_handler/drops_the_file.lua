-- expect: wrong answer
-- Leaves the file at hand when the signal comes.

local FILES = 10

local copied = chan(0, "copied")
local ctx, stop = signal.notify_context(context.background(), syscall.SIGTERM)

local function copier(ctx)
  local _ <close> = defer(copied.close, copied)
  for file = 1, FILES do
    local whole = time.after(10 * time.millisecond)
    local case = select { whole = recv(whole), done = recv(ctx:done()) }
    if case == "done" then return end
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
