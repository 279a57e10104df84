-- expect: passed
-- Another way: a timer insists, and there is a single wait.

local LIMIT = 30 * time.millisecond

local function shutdown(wg, insist)
  local timer = time.after_func(LIMIT, insist)
  wg:wait()
  timer:stop()
  insist()
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
