-- expect: deadlock
-- One lock at last, and one way out that does not unlock it.

local wg = sync.WaitGroup("clerks")
local book = { entries = 0, sum = 0 }   -- guarded by the ledger's mu

local function write(ledger, amount)
  ledger.mu:lock()
  ledger.book.entries = ledger.book.entries + 1
  ledger.book.sum = ledger.book.sum + amount
  if amount > 10 then return end
  ledger.mu:unlock()
end

local function clerk(ledger, amount)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- counts the money
  write(ledger, amount)
end

local ledger = { mu = sync.Mutex("mu"), book = book }
for _, amount in ipairs { 10, 20, 30 } do
  wg:add(1)
  go(clerk, ledger, amount)
end
wg:wait()
print(book.entries .. " entries, their sum is " .. book.sum)
