-- expect: wrong answer: main took 60 ms
-- The second clerk begins when the first day has been counted.

local function clerk(list, orders)
  for _, line in ipairs(list) do
    if line == "closed" then
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
kitchen("monday", monday)
go(clerk, { "rice", "tea", "bread", "soup" }, tuesday)
kitchen("tuesday", tuesday)
