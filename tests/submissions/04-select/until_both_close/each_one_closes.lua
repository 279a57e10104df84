-- expect: panic
-- Two forwarders, and both of them close out.

local out = chan(0, "out")

local function stream(numbers, to)
  for _, n in ipairs(numbers) do
    time.sleep(10 * time.millisecond)
    to:send(n)
  end
  to:close()
end

local function forward(from)
  for n in from:range() do
    out:send(n)
  end
  out:close()
end

local a, b = chan(0, "a"), chan(0, "b")
go(stream, { 1, 2 }, a)
go(stream, { 10, 20, 30 }, b)
go(forward, a)
go(forward, b)

local count, sum = 0, 0
for n in out:range() do
  count, sum = count + 1, sum + n
end
time.sleep(50 * time.millisecond)
print(count .. " numbers, their sum is " .. sum)
