-- expect: wrong answer
-- Counts ends, and the same closed channel ends again and again.

local out = chan(0, "out")

local function stream(numbers, to)
  for _, n in ipairs(numbers) do
    time.sleep(10 * time.millisecond)
    to:send(n)
  end
  to:close()
end

local function merge(a, b)
  local ends = 0
  while ends < 2 do
    local _, n, ok = select { a = recv(a), b = recv(b) }
    if ok then
      out:send(n)
    else
      ends = ends + 1
    end
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
