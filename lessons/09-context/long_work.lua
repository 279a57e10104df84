-- Long work that waits for nothing, and looks up now and then.

local ctx, cancel = context.with_timeout(context.background(),
  25 * time.millisecond)
local result = chan(1, "result")

local function count_stars()
  for star = 1, 1000 do
    if ctx:err() then                   -- does anybody still want to know?
      result:send("stopped at star " .. star)
      return
    end
    time.sleep(10 * time.millisecond)   -- counting, not to be interrupted
  end
  result:send("all counted")
end

go(count_stars)
print((result:recv()))
print("after " .. time.now() // time.millisecond .. " ms")
cancel()
