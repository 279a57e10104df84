-- expect: wrong answer
-- The signal finds no room and nobody who receives: it is lost.

local FILES = 10

local copied = chan(0, "copied")
local signals = chan(0, "signals")

local function told()
  return select { signal = recv(signals), default = true } == "signal"
end

local function copier()
  local _ <close> = defer(copied.close, copied)
  for file = 1, FILES do
    if told() then return end
    time.sleep(10 * time.millisecond)   -- copies it
    copied:send(file)
  end
end

print("lock file made")
signal.notify(signals, syscall.SIGTERM)
go(copier)
local count = 0
for _ in copied:range() do
  count = count + 1
end
print(count .. " files copied")
print("lock file removed")
