-- One long job, and the ticks of that time.  How many were kept?

local done = chan(0, "done")

local function clerk()
  local tick = time.ticker(10 * time.millisecond)
  local _ <close> = defer(tick.stop, tick)
  for job, length in ipairs { 35, 1, 1 } do
    tick.c:recv()
    print("job " .. job .. " at " .. time.now() // time.millisecond .. " ms")
    time.sleep(length * time.millisecond)    -- the work
  end
  done:send(true)
end

go(clerk)
done:recv()
