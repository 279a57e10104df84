-- expect: wrong answer: the exercise allows 40 values
-- Everybody goes home, after all of the hundred has been computed for nobody.

local numbers, squares = chan(0, "numbers"), chan(0, "squares")
local even = chan(0, "even")

local function generate()
  local _ <close> = defer(numbers.close, numbers)
  for n = 1, 100 do
    numbers:send(n)
  end
end

local function square()
  local _ <close> = defer(squares.close, squares)
  for n in numbers:range() do
    squares:send(n * n)
  end
end

local function keep_even()
  local _ <close> = defer(even.close, even)
  for n in squares:range() do
    if n % 2 == 0 then
      even:send(n)
    end
  end
end

go(generate)
go(square)
go(keep_even)

for n in even:range() do
  print(n)
  if n > 10 then break end
end
for _ in even:range() do end
