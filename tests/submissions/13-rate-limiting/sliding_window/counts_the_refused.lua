-- expect: wrong answer
-- Writes down everybody who asks, also who is turned away.

local LIMIT, WINDOW = 3, 100 * time.millisecond

local mu = sync.Mutex("mu")
local times = {}

local function allow()
  mu:lock()
  local _ <close> = defer(mu.unlock, mu)
  local now = time.now()
  while times[1] and times[1] <= now - WINDOW do
    table.remove(times, 1)
  end
  table.insert(times, now)
  return #times <= LIMIT
end

local door = chan(0, "door")
local crowds = {
  { at = 80, size = 1 }, { at = 90, size = 1 }, { at = 95, size = 1 },
  { at = 105, size = 2 }, { at = 185, size = 2 },
}

local function guest(i)
  time.sleep(crowds[i].at * time.millisecond)
  door:send { crowd = i, allowed = allow() }
end

local guests, let_in = 0, {}
for i, crowd in ipairs(crowds) do
  let_in[i] = 0
  for _ = 1, crowd.size do
    go(guest, i)
    guests = guests + 1
  end
end
for _ = 1, guests do
  local answer = door:recv()
  if answer.allowed then
    let_in[answer.crowd] = let_in[answer.crowd] + 1
  end
end
for i, crowd in ipairs(crowds) do
  print(crowd.at .. " ms: " .. let_in[i] .. " of " .. crowd.size)
end
