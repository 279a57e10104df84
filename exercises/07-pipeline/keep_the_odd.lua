-- A line that should print the odd squares: 1, 9 and 25.
--
-- There is no filter in it yet, so main gets every square.
--
-- Your task: put a stage between square and main that lets only the odd squares
-- pass.  It has an input, an output of its own, and an end, as any stage.

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
  print(n)
end
