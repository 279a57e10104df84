-- expect: livelock
-- Tries again and again: that is waiting, and hard work as well.

local tray, kept = chan(2, "tray"), chan(1, "kept")
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
  while select { put = send(tray, n), default = true } == "default" do
  end
end
lunch:close()
tray:close()
print(kept:recv() .. " kept, " .. dropped .. " dropped")
