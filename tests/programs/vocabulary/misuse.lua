-- expect: passed
-- What each says when it is used wrongly (with its place, when a function here calls).

local function says(f, ...)
  print(select(2, pcall(f, ...)))
end

local background = context.background()
local mu, sem = sync.Mutex("mu"), semaphore.weighted(1, "sem")
says(sync.Cond)
says(sync.Map().load, sync.Map())
says(function() sync.Map():store("k") end)
says(function() sync.Pool{new = 5} end)
says(function() sync.Once():call(5) end)
says(function() atomic.Int(0).load() end)
says(sem.acquire, sem, 5)
says(sem.release, sem)
says(errgroup.with_context)
says(function() errgroup.group():go("f") end)
says(function() singleflight.group():call("k") end)
says(time.after_func, 5)
says(function() time.ticker(5):reset(0) end)
says(context.with_value, background, nil, 1)
says(context.after_func, background)
