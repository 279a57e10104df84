-- Two streams are merged into one.  Each gives a number every 10 ms, one of
-- them two numbers, the other three.
--
-- merge stops when the first of the two has ended.  What about the other one?
--
-- Your task: let merge go on until both are closed, and then close out.

local out = chan(0, "out")

local function stream(numbers, to)
  for _, n in ipairs(numbers) do
    time.sleep(10 * time.millisecond)
    to:send(n)
  end
  to:close()
end

local function merge(a, b)
  while true do
    local _, n, ok = select { a = recv(a), b = recv(b) }
    if not ok then break end            -- one of them is over
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
