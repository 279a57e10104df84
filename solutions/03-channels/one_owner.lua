-- The clerk is the only one who sends on its channel: the clerk owns it and
-- closes it.  There are two ways out of the loop, and both come past the
-- same close.

local function clerk(list, orders)
  for _, line in ipairs(list) do
    if line == "closed" then
      break
    end
    time.sleep(10 * time.millisecond)   -- types it in
    orders:send(line)
  end
  orders:close()                        -- every way out comes past here
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
