-- each side locks a lock of its own
local totals, prices = sync.Mutex(), sync.Mutex()
local sum, done = 0, chan(2)

go(function()
  totals:lock()
  sum = sum + 1
  totals:unlock()
  done:send(true)
end)
go(function()
  prices:lock()
  sum = sum + 10
  prices:unlock()
  done:send(true)
end)
done:recv()
done:recv()
print(sum)
