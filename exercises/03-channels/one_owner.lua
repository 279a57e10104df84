-- Two clerks type in the orders of a day.  A line "closed" ends a list
-- early.
--
-- This one ends with a panic.  Check it and read the story of Monday: which
-- two lines both believe that they are the end?
--
-- Your task: each channel is closed once, whichever way its list ends.

local function clerk(list, orders)
  for _, line in ipairs(list) do
    if line == "closed" then
      orders:close()                    -- the kitchen goes home early
      break
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
