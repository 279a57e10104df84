-- A table is laid when soup, bread and wine are there.  All three are fetched
-- at the same time.  The first time all goes well; the second time two of them
-- fail, and the soup would take half a second.
--
-- Whoever fails writes down the error, and nobody tells the soup.
--
-- Your task: let the first error call off the others, and tell that one.

local ms = time.millisecond

-- Gives what was fetched, or an error.
local function fetch(ctx, dish)
  local found = time.after(dish.ms * ms)
  if select { found = recv(found), done = recv(ctx:done()) } == "done" then
    return nil, ctx:err()
  end
  if dish.err then
    return nil, dish.name .. ": " .. dish.err
  end
  return dish.name
end

local function lay(ctx, dishes)
  local wg = sync.WaitGroup()
  local table_of, failed = {}, nil
  for i, dish in ipairs(dishes) do
    wg:add(1)
    go(function()
      local _ <close> = defer(wg.done, wg)
      local got, err = fetch(ctx, dish)
      if err then
        failed = err
      end
      table_of[i] = got
    end)
  end
  wg:wait()
  if failed then
    return "no meal: " .. failed
  end
  return "on the table: " .. table.concat(table_of, " ")
end

print(lay(context.background(), {
  { name = "soup", ms = 10 },
  { name = "bread", ms = 20 },
  { name = "wine", ms = 15 },
}))
print(lay(context.background(), {
  { name = "soup", ms = 500 },
  { name = "bread", ms = 10, err = "burnt" },
  { name = "wine", ms = 15, err = "none left" },
}))
