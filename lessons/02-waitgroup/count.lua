-- main counts three helpers in; each counts itself out; main waits for zero.

local wg = sync.WaitGroup("helpers")

local function helper(n)
  local _ <close> = defer(wg.done, wg)  -- when the function ends
  time.sleep(n * 10 * time.millisecond) -- the work
  print("helper " .. n .. " is done")
end

for n = 1, 3 do
  wg:add(1)
  go(helper, n)
end
wg:wait()
print("all are done")
