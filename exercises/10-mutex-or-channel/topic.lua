return {
  title = "Mutex or channel",
  exercises = {
    {
      name = "safe_counter",
      title = "A safe counter",
      task = [[
Three gates of a zoo let in two visitors each, and all gates count into the same
number. Looking at a ticket takes 10 ms. The program is to print

    visitor 5 gets a flower
    6 visitors

whichever gate is quicker. As it stands, two gates may count at once. Make the
counting safe, and let the gates work at the same time: it takes 20 ms.]],
      fault = "race",
      output = "visitor 5 gets a flower\n6 visitors\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      busy = "60ms",
      elapsed = "20ms",
      hints = {
        "The report names a variable and two lines. What would have to be "
          .. "between the two goroutines there?",
        "Lock a Mutex before the number is touched, and unlock it afterwards. "
          .. "The same Mutex for all gates.",
        "Counting and reading the result belong together: between the two, "
          .. "another gate might count.",
        "In Lua, write `local _ <close> = defer(mu.unlock, mu)` after the "
          .. "lock; in C, take the number into a local variable, unlock, and "
          .. "return it. (`go_defer(mu_unlock, &mu)` does as well.)",
      },
    },
    {
      name = "read_mostly",
      title = "Read together, write alone",
      task = [[
Three clerks look up prices in one list, under the lock for readers, and each
reads for 10 ms. Who does not find a price works it out and adds it. The lines
may come in any order:

    bread is 5
    soup is 4
    soup is 4
    2 prices worked out

As it stands, clerks write while they hold the lock only for reading. Let them
read together and write alone, and each price be worked out once.]],
      fault = "race",
      output = "bread is 5\nsoup is 4\nsoup is 4\n2 prices worked out\n",
      any_order = true,
      goroutines = { min = 3, max = 4 },
      together = 3,
      busy = "30ms",
      at_once = { min = 3 },
      hints = {
        "Readers do not keep each other out: that is what the lock for "
          .. "readers is for. Which line writes?",
        "Let go of the lock for reading, then lock for writing. Locking for "
          .. "writing while you still read would wait for yourself.",
        "Between the two locks another clerk may come in and write. So look "
          .. "again, under the lock for writing.",
        "Look at the table itself the second time; find would take another "
          .. "10 ms, and nobody could read meanwhile.",
      },
    },
    {
      name = "own_lock",
      title = "A lock of one's own",
      task = [[
Three clerks write into one book. Each has a ledger, which is the book and its
lock, and counts money for 10 ms before it writes. The program is to print

    3 entries, their sum is 60

Every access is locked, and still there is a race: each clerk has a copy of the
ledger. Let them all lock the same lock, and count at the same time.]],
      fault = "race",
      output = "3 entries, their sum is 60\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      busy = "30ms",
      elapsed = "10ms",
      hints = {
        "The report says which lock each of the two holds. Is it the same "
          .. "one?",
        "A copy of a struct copies the pointer to the book, and the lock "
          .. "itself. Two copies, two locks.",
        "In Lua, hand the ledger itself to go: a variable holds a reference. "
          .. "In C, pass `struct ledger *` and say `l->mu`.",
      },
    },
    {
      name = "transfer",
      title = "Two locks",
      task = [[
Ann sends ben 30 while ben sends her 10, and a clerk adds up both accounts. Each
account has its own lock. The program is to print

    together: 200
    ann: 80, ben: 120

Mostly it does, and once in a while it hangs. Let it end every time. The clerk
must see 200 at any moment.]],
      fault = "deadlock",
      output = "together: 200\nann: 80, ben: 120\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      hints = {
        "Read the report: who holds which lock, and which one do they wait "
          .. "for? Draw it as a circle.",
        "If all of them took the locks in the same order, could there be a "
          .. "circle?",
        "Choose an order that does not depend on who sends: by name, by "
          .. "number. In transfer, find out first which account comes first, "
          .. "and lock that one.",
      },
    },
  },
}
