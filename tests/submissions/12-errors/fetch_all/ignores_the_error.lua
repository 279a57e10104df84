-- expect: wrong answer
-- Does not look at what wait returns.

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
  local g, group_ctx = errgroup.with_context(ctx)
  local table_of = {}
  for i, dish in ipairs(dishes) do
    g:go(function()
      local got, err = fetch(group_ctx, dish)
      table_of[i] = got
      return err
    end)
  end
  g:wait()
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
