-- expect: wrong answer
-- Right numbers, but main does all the work: there is no pool.

local count, sum = 0, 0
for n = 1, 6 do
  time.sleep(10 * time.millisecond)
  count, sum = count + 1, sum + n * n
end
print(count .. " squares, their sum is " .. sum)
