-- expect: panic
-- A stage of two workers: the WaitGroup counts the stage, every worker calls Done and closes.
local wg = sync.WaitGroup("wg")

local function stage(input, output, workers)
  wg:add(1)
  for _ = 1, workers do
    go(function()
      for n in input:range() do
        output:send(n * n)
      end
      wg:done()
      output:close()
    end)
  end
end

local numbers, squares = chan(4, "numbers"), chan(4, "squares")
for n = 1, 4 do
  numbers:send(n)
end
numbers:close()
stage(numbers, squares, 2)
for square in squares:range() do
  print(square)
end
wg:wait()
