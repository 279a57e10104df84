-- Many may read the menu at once.  The cook who changes it wants to be alone.

local ms = time.millisecond
local menu_lock = sync.RWMutex("menu_lock")
local wg = sync.WaitGroup("all")
local menu = "soup"                     -- guarded by menu_lock

local function say(text)
  print(time.now() // ms .. " ms: " .. text)
end

local function guest(name, comes)
  local _ <close> = defer(wg.done, wg)
  go.name(name)
  time.sleep(comes * ms)
  menu_lock:rlock()
  time.sleep(10 * ms)                   -- reads
  say(name .. " takes " .. menu)
  menu_lock:runlock()
end

local function cook(comes)
  local _ <close> = defer(wg.done, wg)
  time.sleep(comes * ms)
  menu_lock:lock()
  time.sleep(10 * ms)                   -- writes
  menu = "fish"
  menu_lock:unlock()
end

wg:add(4)
go(guest, "ann", 0)
go(guest, "ben", 2)
go(cook, 5)
go(guest, "eva", 8)
wg:wait()
say("closed")
