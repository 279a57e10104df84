-- One stage with two workers: the stage closes its output, not a worker.

local function generate(out)
  local _ <close> = defer(out.close, out)
  for n = 1, 4 do
    out:send(n)
  end
end

local function worker(wg, input, out)
  local _ <close> = defer(wg.done, wg)
  for n in input:range() do
    time.sleep(10 * time.millisecond)   -- slow work: worth two workers
    out:send(n * n)
  end
end

local function square(input, out)       -- the stage
  local wg = sync.WaitGroup()
  for _ = 1, 2 do
    wg:add(1)
    go(worker, wg, input, out)
  end
  wg:wait()                             -- all of its workers are done:
  out:close()                           -- nobody sends on out any more
end

local numbers, squares = chan(0, "numbers"), chan(0, "squares")
go(generate, numbers)
go(square, numbers, squares)

local sum = 0
for n in squares:range() do
  sum = sum + n
end
print("sum: " .. sum)
