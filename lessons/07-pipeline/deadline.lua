-- The whole pipeline has 35 ms, its slow stage needs 10 ms an item.

local function generate(ctx, out)
  local _ <close> = defer(out.close, out)
  local n = 1
  while true do                         -- endless: only ctx ends it
    if select { out = send(out, n), done = recv(ctx:done()) } == "done" then
      return
    end
    n = n + 1
  end
end

local function square(ctx, input, out)
  local _ <close> = defer(out.close, out)
  for n in input:range() do
    time.sleep(10 * time.millisecond)   -- slow work
    if select { out = send(out, n * n), done = recv(ctx:done()) } == "done" then
      return
    end
  end
end

local limit = 35 * time.millisecond
local ctx, cancel = context.with_timeout(context.background(), limit)
local _ <close> = defer(cancel)
local numbers, squares = chan(0, "numbers"), chan(0, "squares")
go(generate, ctx, numbers)
go(square, ctx, numbers, squares)

while true do
  local case, n, ok =
    select { square = recv(squares), done = recv(ctx:done()) }
  if case == "done" or not ok then break end
  print(n)
end
print("stopped: " .. ctx:err())
