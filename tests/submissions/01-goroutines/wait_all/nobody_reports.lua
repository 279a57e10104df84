-- expect: wrong answer: main had heard of 0 goroutines when it returned
-- Three are on the road; main says so in their place, without asking.

for _ = 1, 3 do
  go(function() time.sleep(10 * time.millisecond) end)
end
time.sleep(10 * time.millisecond)
for n = 1, 3 do
  print("parcel " .. n .. " has arrived")
end
