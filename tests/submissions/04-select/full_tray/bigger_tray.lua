-- expect: wrong answer
-- Room for all: nothing is dropped, until there are more.

local tray, kept = chan(5, "tray"), chan(1, "kept")
local lunch = chan(0, "lunch")

local function reader()
  lunch:recv()                          -- until lunch is over
  local count = 0
  for _ in tray:range() do
    count = count + 1
  end
  kept:send(count)
end

go(reader)

local dropped = 0
for n = 1, 5 do
  if select { put = send(tray, n), default = true } == "default" then
    dropped = dropped + 1
  end
end
lunch:close()
tray:close()
print(kept:recv() .. " kept, " .. dropped .. " dropped")
