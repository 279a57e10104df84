-- expect: passed
-- Another way: the last worker of a stage closes, by a count under a lock.

local function work()
  time.sleep(10 * time.millisecond)
end

local function generate(out)
  local _ <close> = defer(out.close, out)
  for n = 1, 4 do
    out:send(n)
  end
end

local function worker(left, mu, input, out, f)
  for n in input:range() do
    work()
    out:send(f(n))
  end
  mu:lock()
  left.count = left.count - 1
  local last = left.count == 0
  mu:unlock()
  if last then out:close() end
end

local function stage(input, out, f)
  local left, mu = { count = 2 }, sync.Mutex()
  for _ = 1, 2 do
    go(worker, left, mu, input, out, f)
  end
end

local numbers, squares = chan(0, "numbers"), chan(0, "squares")
local results = chan(0, "results")
go(generate, numbers)
stage(numbers, squares, function(n) return n * n end)
stage(squares, results, function(n) return n + 1 end)

local count, sum = 0, 0
for n in results:range() do
  count, sum = count + 1, sum + n
end
print(count .. " results, their sum is " .. sum)
