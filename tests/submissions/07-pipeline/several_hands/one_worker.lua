-- expect: wrong answer: main took 50 ms
-- One worker in each stage: nothing goes wrong, and it takes longer.

local function work()
  time.sleep(10 * time.millisecond)
end

local function generate(out)
  local _ <close> = defer(out.close, out)
  for n = 1, 4 do
    out:send(n)
  end
end

local function worker(wg, input, out, f)
  local _ <close> = defer(wg.done, wg)
  for n in input:range() do
    work()
    out:send(f(n))
  end
end

local function stage(input, out, f)
  local wg = sync.WaitGroup()
  for _ = 1, 1 do
    wg:add(1)
    go(worker, wg, input, out, f)
  end
  wg:wait()
  out:close()
end

local numbers, squares = chan(0, "numbers"), chan(0, "squares")
local results = chan(0, "results")
go(generate, numbers)
go(stage, numbers, squares, function(n) return n * n end)
go(stage, squares, results, function(n) return n + 1 end)

local count, sum = 0, 0
for n in results:range() do
  count, sum = count + 1, sum + n
end
print(count .. " results, their sum is " .. sum)
