-- expect: panic: not written
-- A check that sleeps until the letter is surely written. Today the machine has
-- something else to do as well.

runtime.GOMAXPROCS(1)

local mu = sync.Mutex("desk")
local written = false

local function writer()
  work(10 * time.millisecond)
  mu:lock()
  written = true
  mu:unlock()
end

local function other()
  work(30 * time.millisecond)
end

go(other)
go(writer)

time.sleep(20 * time.millisecond)   -- twice as long as it takes
mu:lock()
if not written then                 -- the check
  panic("not written")
end
mu:unlock()
print("ok: written")
