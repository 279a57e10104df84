-- Four stages joined by channels: generate, square, filter, consume.

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

local function keep_odd(ctx, input, out)
  local _ <close> = defer(out.close, out)
  for n in input:range() do
    if n % 2 == 1 and
       select { out = send(out, n), done = recv(ctx:done()) } == "done" then
      return
    end
  end
end

local ctx, cancel = context.with_cancel(context.background())
local _ <close> = defer(cancel)
local numbers, squares = chan(0, "numbers"), chan(0, "squares")
local odd = chan(0, "odd")

go(generate, ctx, numbers)
go(square, ctx, numbers, squares)
go(keep_odd, ctx, squares, odd)

for n in odd:range() do                 -- the consumer is main
  print(n)
end
