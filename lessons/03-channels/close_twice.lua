-- expect: panic: close of closed channel
-- Two senders, and each believes that the channel is its own to close.

local numbers = chan(2, "numbers")

local function sender(n)
  numbers:send(n)
  time.sleep(n * 10 * time.millisecond)
  numbers:close()
end

go(sender, 1)
go(sender, 2)

for n in numbers:range() do
  print("got " .. n)
end
time.sleep(30 * time.millisecond)
