-- A hundred numbers are squared, the even squares let through, and main leaves
-- as soon as one of them is greater than 10.
--
-- It prints what it should.  Check it: three goroutines never go home, each
-- stuck at a send behind the next one.
--
-- Your task: when main leaves, every stage must come to its end, and nobody
-- computes the rest of the hundred.

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
