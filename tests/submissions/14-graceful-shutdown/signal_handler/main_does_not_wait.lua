-- expect: wrong answer
-- main hears the signal and goes, whatever the copier is doing.

local FILES = 10

local copied = chan(0, "copied")
local ctx, stop = signal.notify_context(context.background(), syscall.SIGTERM)

local function copier(ctx)
  local _ <close> = defer(copied.close, copied)
  for file = 1, FILES do
    if ctx:err() then return end        -- between two files, never within
    time.sleep(10 * time.millisecond)   -- copies it
    select { sent = send(copied, file), done = recv(ctx:done()) }
  end
end

print("lock file made")
go(copier, ctx)
local count, going = 0, true
while going do
  going = select { file = recv(copied), done = recv(ctx:done()) } == "file"
  if going then count = count + 1 end
end
print(count .. " files copied")
print("lock file removed")
os.exit(0)
local count = 0
for _ in copied:range() do
  count = count + 1
end
stop()
print(count .. " files copied")
print("lock file removed")
