-- review: buffer sizing: fine: with 0 deadlock in run 1, with 1 wrong answer in run [0-9]+
local slots, mu, now, most = chan(2), sync.Mutex(), 0, 0
local wg = sync.WaitGroup()
for _ = 1, 2 do
  wg:add(1)
  go(function()
    slots:send(true)
    mu:lock() now = now + 1 most = math.max(most, now) mu:unlock()
    time.sleep(time.millisecond)
    mu:lock() now = now - 1 mu:unlock()
    slots:recv()
    wg:done()
  end)
end
wg:wait()
assert(most == 2, "two at once")
