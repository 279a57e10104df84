-- expect: leak: generate is blocked for ever sending on numbers
-- The first stage does not listen: square may go home before it takes a number.

local ctx, cancel = context.with_cancel(context.background())
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
    local case = select { out = send(squares, n * n), done = recv(ctx:done()) }
    if case == "done" then return end
  end
end

local function keep_even()
  local _ <close> = defer(even.close, even)
  for n in squares:range() do
    if n % 2 == 0 then
      local case = select { out = send(even, n), done = recv(ctx:done()) }
      if case == "done" then return end
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
cancel()
