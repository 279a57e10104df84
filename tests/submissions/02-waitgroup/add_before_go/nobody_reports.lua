-- expect: wrong answer: main had heard of 0 goroutines when it returned
-- The helpers walk to the box and back; main posts for them and asks nobody.

local box = chan(3, "box")

for n = 1, 3 do
  go(function() time.sleep(10 * time.millisecond) end)
  box:send(n)
end
time.sleep(10 * time.millisecond)
print(#box .. " of 3 letters are posted")
