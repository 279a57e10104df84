-- expect: wrong answer: the exercise asks for
-- main looks at every square and prints some: there is no stage for it.

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

go(generate)
go(square)

for n in squares:range() do
  if n % 2 == 1 then print(n) end
end
