-- expect: panic: send on closed channel
-- The kitchen closes when it hears "closed", and the clerk types on.

local function clerk(list, orders)
  for _, line in ipairs(list) do
    time.sleep(10 * time.millisecond)   -- types it in
    orders:send(line)
  end
  orders:close()                        -- the end of the list
end

local function kitchen(day, orders)
  local count = 0
  for line in orders:range() do
    if line == "closed" then
      orders:close()
      break
    end
    count = count + 1
  end
  print(day .. ": " .. count .. " orders")
end

local monday, tuesday = chan(0, "monday"), chan(0, "tuesday")
go(clerk, { "soup", "rice", "closed", "cake" }, monday)
go(clerk, { "rice", "tea", "bread", "soup" }, tuesday)
kitchen("monday", monday)
kitchen("tuesday", tuesday)
