-- expect: passed
-- Another way: the token is given back by defer, on every way out.

local ms = time.millisecond
local g, ctx = errgroup.with_context(context.background())
local tokens = chan(2, "tokens")
local saved = atomic.Int64(0, "saved")

local function save(page)
  for _ = 1, 2 do                       -- in two halves
    if ctx:err() then return ctx:err() end
    if page == 4 then
      time.sleep(3 * ms)
      return errors.new("page 4: disk full")
    end
    time.sleep(5 * ms)
  end
  saved:add(1)
end

for page = 1, 6 do
  tokens:send(page)                     -- take one: waits if both are taken
  g:go(function()
    local _ <close> = defer(tokens.recv, tokens)
    return save(page)
  end)
end
print(g:wait())
print(saved:load() .. " pages saved")
