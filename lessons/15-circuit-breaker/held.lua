-- Two calls of 20 ms each, and somebody who only wants to know the state.

local mu = sync.Mutex("mu")
local state = "closed"
local wg = sync.WaitGroup()

local function caller()
  local _ <close> = defer(wg.done, wg)
  mu:lock()
  if state == "closed" then
    time.sleep(20 * time.millisecond)   -- the call, with the lock in hand
  end
  mu:unlock()
end

local function look()
  local _ <close> = defer(wg.done, wg)
  time.sleep(5 * time.millisecond)
  mu:lock()
  print(state .. ", told at " .. time.now() // time.millisecond .. " ms")
  mu:unlock()
end

wg:add(3)
go(caller)
go(caller)
go(look)
wg:wait()
print("all done at " .. time.now() // time.millisecond .. " ms")
