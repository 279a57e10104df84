-- expect: passed
-- Another way: a group made by hand, of a lock, a context and a WaitGroup.

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
  local mu = sync.Mutex()
  local group_ctx, cancel = context.with_cancel(ctx)
  local _ <close> = defer(cancel)
  for i, dish in ipairs(dishes) do
    wg:add(1)
    go(function()
      local _ <close> = defer(wg.done, wg)
      local got, err = fetch(group_ctx, dish)
      if err then
        mu:lock()
        failed = failed or err
        cancel()
        mu:unlock()
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
