-- Bakers wait until there is room, guests until there is a cake: two
-- conditions, so two bells.  Then a signal cannot wake the wrong kind.

local mu = sync.Mutex("mu")
local room = sync.Cond(mu, "room")     -- the bakers wait here
local cake_there = sync.Cond(mu, "cake") -- and the guests here
local wg = sync.WaitGroup("people")
local shelf                             -- guarded by mu; nil: empty
local sum = atomic.Int64()

local function put(cake)
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  while shelf do                        -- no room
    room:wait()
  end
  shelf = cake
  cake_there:signal()
end

local function take()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  while not shelf do                    -- nothing there
    cake_there:wait()
  end
  local cake = shelf
  shelf = nil
  room:signal()
  return cake
end

local function baker(first)
  local _ <close> = defer(wg.done, wg)
  put(first)
  put(first + 1)
end

local function guest()
  local _ <close> = defer(wg.done, wg)
  sum:add(take() + take())
end

wg:add(4)
go(guest)
go(guest)
go(baker, 1)
go(baker, 3)
wg:wait()
print("4 cakes, their sum is " .. sum:load())
