-- expect: wrong answer: goroutines besides main slept or worked for 0 ms in all
-- Nobody looks anything up: two goroutines send junk, and main knows the rest.

local junk = chan(2, "junk")

for n = 1, 2 do
  go(function() junk:send(n) end)
end
junk:recv()
junk:recv()
time.sleep(30 * time.millisecond)
print("quick: 42")
print("slow: no answer in time")
