-- expect: race
-- The entries are counted under the shared lock, the sum under one's own.

local wg = sync.WaitGroup("clerks")
local book = { entries = 0, sum = 0 }   -- guarded by the ledger's mu

local function write(ledger, own, amount)
  ledger.mu:lock()
  ledger.book.entries = ledger.book.entries + 1
  ledger.mu:unlock()
  own.mu:lock()
  ledger.book.sum = ledger.book.sum + amount
  own.mu:unlock()
end

local function clerk(ledger, amount)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- counts the money
  write(ledger, { mu = sync.Mutex() }, amount)
end

local ledger = { mu = sync.Mutex("mu"), book = book }
for _, amount in ipairs { 10, 20, 30 } do
  wg:add(1)
  go(clerk, ledger, amount)
end
wg:wait()
print(book.entries .. " entries, their sum is " .. book.sum)
