-- Two stages with two workers each: one squares, the other one adds one.  The
-- WaitGroup of a stage counts 1, the stage; and each worker says Done when its
-- own work is over, and closes the output.
--
-- Check it: two workers do what may be done once.  Mending one of the two
-- faults brings out the other.
--
-- Your task: count what you wait for, and let the stage close its output once,
-- when none of its workers can send any more.

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
  for n in input:range() do
    work()
    out:send(f(n))
  end
  out:close()
  wg:done()
end

local function stage(input, out, f)
  local wg = sync.WaitGroup()
  wg:add(1)
  for _ = 1, 2 do
    go(worker, wg, input, out, f)
  end
  wg:wait()
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
