-- expect: deadlock
-- The filter ends and does not say so: main waits for a fourth square.

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
  for n in squares:range() do
    if n % 2 == 1 then
      odd:send(n)
    end
  end
end

go(generate)
go(square)
go(keep_odd)

for n in odd:range() do
  print(n)
end
