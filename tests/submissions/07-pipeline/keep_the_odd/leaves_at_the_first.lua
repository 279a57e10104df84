-- expect: wrong answer: line 2
-- The filter ends at the first square that does not fit, instead of leaving it
-- out: nothing comes behind the 1.

local numbers, squares = chan(0, "numbers"), chan(0, "squares")
local odd = chan(0, "odd")

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
  local _ <close> = defer(odd.close, odd)
  for n in squares:range() do
    if n % 2 == 0 then return end
    odd:send(n)
  end
end

go(generate)
go(square)
go(keep_odd)

for n in odd:range() do
  print(n)
end
