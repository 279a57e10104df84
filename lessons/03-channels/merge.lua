-- Two streams into one: a nil channel switches a case of select off.

local function count(out, from, to)
  local _ <close> = defer(out.close, out)
  for n = from, to do
    out:send(n)
  end
end

local function merge(a, b, out)
  local _ <close> = defer(out.close, out)
  while a or b do
    local case, n, ok = select { a = recv(a), b = recv(b) }
    if ok then
      out:send(n)
    elseif case == "a" then
      a = nil                           -- closed: never look at it again
    else
      b = nil
    end
  end
end

local low, high, all = chan(0, "low"), chan(0, "high"), chan(0, "all")
go(count, low, 1, 2)
go(count, high, 101, 102)
go(merge, low, high, all)

local sum = 0
for n in all:range() do
  print(n)
  sum = sum + n
end
print("sum: " .. sum)
