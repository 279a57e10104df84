-- expect: wrong answer
-- Copies the book as well: no race, and no entries in the book.

local wg = sync.WaitGroup("clerks")
local book = { entries = 0, sum = 0 }   -- guarded by the ledger's mu

local function copy_of(ledger)
  return { mu = sync.Mutex(), 
           book = { entries = ledger.book.entries, sum = ledger.book.sum } }
end

local function write(ledger, amount)
  ledger.mu:lock()
  local _ <close> = defer(ledger.mu.unlock, ledger.mu)
  ledger.book.entries = ledger.book.entries + 1
  ledger.book.sum = ledger.book.sum + amount
end

local function clerk(ledger, amount)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- counts the money
  write(ledger, amount)
end

local ledger = { mu = sync.Mutex("mu"), book = book }
for _, amount in ipairs { 10, 20, 30 } do
  wg:add(1)
  go(clerk, copy_of(ledger), amount)
end
wg:wait()
print(book.entries .. " entries, their sum is " .. book.sum)
