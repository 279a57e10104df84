-- The consumer has seen enough, says so, and everybody goes home.

local function generate(ctx, out)
  local _ <close> = defer(out.close, out)
  for n = 1, 6 do
    if select { out = send(out, n), done = recv(ctx:done()) } == "done" then
      return
    end
  end
end

local function square(ctx, input, out)
  local _ <close> = defer(out.close, out)
  for n in input:range() do
    if select { out = send(out, n * n), done = recv(ctx:done()) } == "done" then
      return
    end
  end
end

local ctx, cancel = context.with_cancel(context.background())
local numbers, squares = chan(0, "numbers"), chan(0, "squares")

go(generate, ctx, numbers)
go(square, ctx, numbers, squares)

for n in squares:range() do
  print(n)
  if n > 3 then break end               -- enough
end
cancel()                                -- leave no stage behind
