-- A shutdown that waits until all are fed.
--
-- The first evening ends well.  On the second one a guest waits for a dish that
-- never comes, and with him the shutdown, and with it main.
--
-- Your task: wait 30 ms at most.  Who is not fed by then has to leave, and is
-- counted, before the evening is over.

local LIMIT = 30 * time.millisecond

local function shutdown(wg)
  wg:wait()
end

-- A table of guests; who is fed within the limit, and who has to leave?
local function evening(...)
  local ctx, insist = context.with_cancel(context.background())
  local wg, mu = sync.WaitGroup("guests"), sync.Mutex("mu")
  local fed, out, start = 0, 0, time.now()

  local function guest(dish)
    local _ <close> = defer(wg.done, wg)
    local case = select { dish = recv(dish), out = recv(ctx:done()) }
    mu:lock()
    if case == "dish" then
      fed = fed + 1
    else
      out = out + 1
    end
    mu:unlock()
  end

  for _, dish in ipairs { ... } do
    wg:add(1)
    go(guest, dish)
  end
  shutdown(wg, insist)
  mu:lock()
  local ms = (time.now() - start) // time.millisecond
  print(fed .. " fed, " .. out .. " out, after " .. ms .. " ms")
  mu:unlock()
end

local function after(ms)
  return time.after(ms * time.millisecond)
end

evening(after(10), after(20))
evening(after(10), after(20), chan(0, "never"))
