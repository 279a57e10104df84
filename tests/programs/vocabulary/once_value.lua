-- expect: passed
-- Computed once, whoever asks first.

local computed = 0
local answer = sync.once_value(function()
  computed = computed + 1
  return 42
end)
local wg = sync.WaitGroup("wg")

for _ = 1, 2 do
  wg:add(1)
  go(function()
    assert(answer() == 42)
    wg:done()
  end)
end
wg:wait()
assert(computed == 1 and answer() == 42)
