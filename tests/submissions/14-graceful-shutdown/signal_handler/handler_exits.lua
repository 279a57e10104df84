-- expect: wrong answer
-- The handler ends the program, and the lock file stays.

local FILES = 10

local copied = chan(0, "copied")
local signals = chan(1, "signals")
local ctx = context.background()

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
  signals:recv()
  os.exit(0)
end)
go(copier, ctx)
local count = 0
for _ in copied:range() do
  count = count + 1
end
print(count .. " files copied")
print("lock file removed")
