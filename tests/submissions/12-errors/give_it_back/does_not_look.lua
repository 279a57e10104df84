-- expect: wrong answer
-- Does not look at the context, and saves what nobody wants any more.

local ms = time.millisecond
local g, ctx = errgroup.with_context(context.background())
local saved = atomic.Int64(0, "saved")

local function save(page)
  for _ = 1, 2 do                       -- in two halves
    if page == 4 then
      time.sleep(3 * ms)
      return errors.new("page 4: disk full")
    end
    time.sleep(5 * ms)
  end
  saved:add(1)
end

g:set_limit(2)
for page = 1, 6 do
  g:go(function() return save(page) end) -- waits while two are at work
end
print(g:wait())
print(saved:load() .. " pages saved")
