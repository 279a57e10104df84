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
  },
}
