-- Four pages, two at once.  Page 1 fails when page 2 is done.

local ms = time.millisecond
local g, ctx = errgroup.with_context(context.background())
local begun = atomic.Int64(0, "begun")

local function save(page)
  if ctx:err() then return ctx:err() end -- called off before it began
  begun:add(1)
  time.sleep(10 * ms)
  if page == 1 then
    return errors.new("page 1: disk full")
  end
end

g:set_limit(2)
for page = 1, 4 do
  g:go(function() return save(page) end) -- waits while two are at work
end
print(g:wait())
print("begun: " .. begun:load())
