-- expect: passed
-- Another way: the handler sets an atomic variable.

local FILES = 10

local copied = chan(0, "copied")
local signals, stopped = chan(1, "signals"), atomic.Bool(false)

local function copier()
  local _ <close> = defer(copied.close, copied)
  for file = 1, FILES do
    if stopped:load() then return end
    time.sleep(10 * time.millisecond)   -- copies it
    copied:send(file)
  end
end

print("lock file made")
signal.notify(signals, syscall.SIGTERM)
go(function()
  signals:recv()
  stopped:store(true)
end)
go(copier)
local count = 0
for _ in copied:range() do
  count = count + 1
end
print(count .. " files copied")
print("lock file removed")
