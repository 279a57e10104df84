-- expect: race
-- Looks at the shelf before it has the lock.

local mu = sync.Mutex("mu")
local bell = sync.Cond(mu, "bell")
local wg = sync.WaitGroup("people")
local shelf                             -- guarded by mu; nil: empty
local sum = atomic.Int64()

local function put(cake)
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  while shelf do                        -- no room
    bell:wait()
  end
  shelf = cake
  bell:broadcast()
end

local function take()
  while shelf == nil do
    go.gosched()
  end
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  while not shelf do                    -- nothing there
    bell:wait()
  end
  local cake = shelf
  shelf = nil
  bell:broadcast()
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
