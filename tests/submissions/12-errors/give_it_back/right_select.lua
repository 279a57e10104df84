-- expect: passed
-- Another way: who waits for a token listens to the context as well, and
-- begins nothing more after an error.

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
  if select { token = send(tokens, page), done = recv(ctx:done()) } == "done" then
    break
  end
  g:go(function()
    local err = save(page)
    if err then
      return err
    end
    tokens:recv()                       -- give it back
  end)
end
print(g:wait())
print(saved:load() .. " pages saved")
