-- expect: deadlock
-- Leaves at once when the list says so, and comes past no close.

local function clerk(list, orders)
  for _, line in ipairs(list) do
    if line == "closed" then
      return
    end
    time.sleep(10 * time.millisecond)   -- types it in
    orders:send(line)
  end
  orders:close()                        -- the end of the list
end

local function kitchen(day, orders)
  local count = 0
  for _ in orders:range() do
    count = count + 1
  end
  print(day .. ": " .. count .. " orders")
end

local monday, tuesday = chan(0, "monday"), chan(0, "tuesday")
go(clerk, { "soup", "rice", "closed", "cake" }, monday)
go(clerk, { "rice", "tea", "bread", "soup" }, tuesday)
kitchen("monday", monday)
kitchen("tuesday", tuesday)
