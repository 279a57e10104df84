-- expect: passed
-- Another way: one goroutine around the list, and it alone closes.

local function clerk(list, orders)
  for _, line in ipairs(list) do
    if line == "closed" then
      return
    end
    time.sleep(10 * time.millisecond)   -- types it in
    orders:send(line)
  end
end

local function owner(list, orders)
  clerk(list, orders)
  orders:close()
end

local function kitchen(day, orders)
  local count = 0
  for _ in orders:range() do
    count = count + 1
  end
  print(day .. ": " .. count .. " orders")
end

local monday, tuesday = chan(0, "monday"), chan(0, "tuesday")
go(owner, { "soup", "rice", "closed", "cake" }, monday)
go(owner, { "rice", "tea", "bread", "soup" }, tuesday)
kitchen("monday", monday)
kitchen("tuesday", tuesday)
