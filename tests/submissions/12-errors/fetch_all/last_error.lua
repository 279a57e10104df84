-- expect: wrong answer
-- Locks the error, but the last one wins, and nobody is called off.

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
  local wg, mu = sync.WaitGroup(), sync.Mutex()
  local table_of, failed = {}, nil
  for i, dish in ipairs(dishes) do
    wg:add(1)
    go(function()
      local _ <close> = defer(wg.done, wg)
      local got, err = fetch(ctx, dish)
      if err then
        mu:lock()
        failed = err
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
