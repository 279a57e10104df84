-- expect: wrong answer: ms of virtual time
-- Takes all of a, and only then looks at b.

local out = chan(0, "out")

local function stream(numbers, to)
  for _, n in ipairs(numbers) do
    time.sleep(10 * time.millisecond)
    to:send(n)
  end
  to:close()
end

local function merge(a, b)
  for n in a:range() do
    out:send(n)
  end
  for n in b:range() do
    out:send(n)
  end
  out:close()
end

local a, b = chan(0, "a"), chan(0, "b")
go(stream, { 1, 2 }, a)
go(stream, { 10, 20, 30 }, b)
go(merge, a, b)

local count, sum = 0, 0
for n in out:range() do
  count, sum = count + 1, sum + n
end
print(count .. " numbers, their sum is " .. sum)
