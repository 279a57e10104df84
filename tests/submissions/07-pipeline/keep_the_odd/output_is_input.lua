-- expect: wrong answer: line
-- The filter sends back to its own input, and main receives there too: it gets
-- squares that nobody has looked at.

local numbers, squares = chan(0, "numbers"), chan(0, "squares")

local function generate()
  local _ <close> = defer(numbers.close, numbers)
  for n = 1, 6 do
    numbers:send(n)
  end
end

local function square()
  local _ <close> = defer(squares.close, squares)
  for n in numbers:range() do
    squares:send(n * n)
  end
end

local function keep_odd()
  for n in squares:range() do
    if n % 2 == 1 then
      squares:send(n)
    end
  end
end

go(generate)
go(square)
go(keep_odd)

for n in squares:range() do
  print(n)
end
