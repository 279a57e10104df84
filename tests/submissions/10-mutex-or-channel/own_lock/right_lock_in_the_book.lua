-- expect: passed
-- Another way: the lock belongs to the book, and lies beside what it guards.

local wg = sync.WaitGroup("clerks")
local book = { mu = sync.Mutex(), entries = 0, sum = 0 }

local function copy_of(ledger)
  return { book = ledger.book }
end

local function write(ledger, amount)
  local book <const> = ledger.book
  book.mu:lock()
  local _ <close> = defer(book.mu.unlock, book.mu)
  book.entries = book.entries + 1
  book.sum = book.sum + amount
end

local function clerk(ledger, amount)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)     -- counts the money
  write(ledger, amount)
end

local ledger = { book = book }
for _, amount in ipairs { 10, 20, 30 } do
  wg:add(1)
  go(clerk, copy_of(ledger), amount)
end
wg:wait()
print(book.entries .. " entries, their sum is " .. book.sum)
