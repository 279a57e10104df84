-- review: cleanup: advice: several were still running when main returned.*cleanup_timers.lua:8; in [0-9]+ of
local c = chan(3)
go(function()
  for i = 1, 3 do c:send(i) end
end)
for _ = 1, 3 do
  select {
    value = recv(c), late = recv(time.after(time.second)),
  }
end
