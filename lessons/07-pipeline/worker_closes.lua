-- expect: panic
-- Each worker of the stage counts itself as the whole stage.

local function generate(out)
  local _ <close> = defer(out.close, out)
  for n = 1, 4 do
    out:send(n)
  end
end

local function worker(input, out)
  local _ <close> = defer(out.close, out)
  for n in input:range() do
    time.sleep(10 * time.millisecond)
    out:send(n * n)
  end
end

local numbers, squares = chan(0, "numbers"), chan(0, "squares")
go(generate, numbers)
go(worker, numbers, squares)
go(worker, numbers, squares)

local sum = 0
for n in squares:range() do
  sum = sum + n
end
print("sum: " .. sum)
time.sleep(time.second)                 -- see what the other worker does
