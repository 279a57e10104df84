-- expect: leak
-- Looks at the context, and then sends without listening.

local ctx, cancel = context.with_cancel(context.background())
local numbers, merged = chan(0, "numbers"), chan(0, "merged")

local function generate()
  local _ <close> = defer(numbers.close, numbers)
  for n = 1, 5 do
    local case = select { out = send(numbers, n), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

local function worker(out)
  local _ <close> = defer(out.close, out)
  for n in numbers:range() do
    if ctx:err() then return end
    out:send(n * n)
  end
end

local function forward(from)
  for square in from:range() do
    local case = select { to = send(merged, square), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

go(generate)
for _ = 1, 2 do
  local squares = chan(0, "squares")
  go(worker, squares)
  go(forward, squares)
end

for _ = 1, 2 do
  merged:recv()
end
cancel()
print("2 squares are enough")
