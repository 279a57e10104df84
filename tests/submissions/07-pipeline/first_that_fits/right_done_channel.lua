-- expect: passed
-- Another way: a channel of its own that is closed when main leaves.

local numbers, squares = chan(0, "numbers"), chan(0, "squares")
local even, done = chan(0, "even"), chan(0, "done")

local function generate()
  local _ <close> = defer(numbers.close, numbers)
  for n = 1, 100 do
    local case = select { out = send(numbers, n), done = recv(done) }
    if case == "done" then return end
  end
end

local function square()
  local _ <close> = defer(squares.close, squares)
  for n in numbers:range() do
    local case = select { out = send(squares, n * n), done = recv(done) }
    if case == "done" then return end
  end
end

local function keep_even()
  local _ <close> = defer(even.close, even)
  for n in squares:range() do
    if n % 2 == 0 then
      local case = select { out = send(even, n), done = recv(done) }
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
done:close()
