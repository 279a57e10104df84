-- expect: leak
-- The consumer has seen enough and leaves.  Who is still at work?

local function generate(out)
  local _ <close> = defer(out.close, out)
  for n = 1, 6 do
    out:send(n)
  end
end

local function square(input, out)
  local _ <close> = defer(out.close, out)
  for n in input:range() do
    out:send(n * n)
  end
end

local numbers, squares = chan(0, "numbers"), chan(0, "squares")

go(generate, numbers)
go(square, numbers, squares)

for n in squares:range() do
  print(n)
  if n > 3 then break end               -- enough
end
