-- Three sources, one question: the first answer wins, the rest go home.

local ctx, cancel = context.with_cancel(context.background())
local answers = chan(3, "answers")      -- room for all: nobody waits to send
local wg = sync.WaitGroup("sources")

local function source(name, ms)
  local _ <close> = defer(wg.done, wg)
  local found = time.after(ms * time.millisecond)
  if select { found = recv(found), done = recv(ctx:done()) } == "found" then
    answers:send(name)
  end
end

for name, ms in pairs { near = 10, far = 40, farther = 80 } do
  wg:add(1)
  go(source, name, ms)
end
print("the first answer is from " .. answers:recv())
cancel()
wg:wait()
print("all at home after " .. time.now() // time.millisecond .. " ms")
