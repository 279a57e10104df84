-- expect: deadlock
-- Both streams are over, and main is not told.

local out = chan(0, "out")

local function stream(numbers, to)
  for _, n in ipairs(numbers) do
    time.sleep(10 * time.millisecond)
    to:send(n)
  end
  to:close()
end

local function merge(a, b)
  while a or b do
    local case, n, ok = select { a = recv(a), b = recv(b) }
    if ok then
      out:send(n)
    elseif case == "a" then
      a = nil                           -- closed: this case is off now
    else
      b = nil
    end
  end
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
