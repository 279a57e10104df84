-- expect: passed
-- Another way: main owns the channel of visits, and closes it.

local visits, total = chan(0, "visits"), chan(1, "total")

local function count_visits()
  local count = 0
  for _ in visits:range() do
    count = count + 1
  end
  total:send(count)
end

go(count_visits)
for n = 1, 3 do
  visits:send(n)
end
visits:close()
print(total:recv() .. " visits")
