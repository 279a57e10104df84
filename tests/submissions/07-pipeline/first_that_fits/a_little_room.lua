-- expect: leak
-- A buffer in each channel: the jam only begins some numbers later.

local numbers, squares = chan(2, "numbers"), chan(2, "squares")
local even = chan(2, "even")

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
