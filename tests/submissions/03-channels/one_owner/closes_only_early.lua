-- expect: deadlock
-- The close at the end is gone, and Tuesday's kitchen waits for ever.

local function clerk(list, orders)
  for _, line in ipairs(list) do
    if line == "closed" then
      orders:close()                    -- the kitchen goes home early
      break
    end
    time.sleep(10 * time.millisecond)   -- types it in
    orders:send(line)
  end
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
