return {
  title = "WaitGroup",
  exercises = {
    {
      name = "add_before_go",
      title = "Counted in too late",
      task = [[
Three helpers post a letter each; the way to the box takes 10 ms. main waits for
them and prints

    3 of 3 letters are posted

But there is a schedule in which main does not wait at all, and another one in
which it waits for one helper only. Find out what the WaitGroup knew at that
moment, and let main wait for all three in every schedule.

The three are to be on their way at the same time.]],
      fault = "wrong answer",
      output = "3 of 3 letters are posted\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      heard = 3,
      busy = "30ms",
      elapsed = "10ms",
      hints = {
        "go only starts a goroutine. When does its first line run?",
        "What does Wait do when the count is zero because nobody has been "
          .. "counted in yet?",
        "Count each helper in before you start it, in main: then nobody can "
          .. "look before the count is right.",
      },
    },
    {
      name = "missing_done",
      title = "One Done is missing",
      task = [[
Four goroutines read a text each. Two of the texts are numbers, one is a word,
one is empty. main waits for all of them, and is to print

    2 numbers, their sum is 13

It hangs. Repair it so that a goroutine may return early, wherever it likes,
and main still gets home.]],
      fault = "deadlock",
      output = "2 numbers, their sum is 13\n",
      goroutines = { min = 4, max = 5 },
      together = 4,
      values = { min = 2 },
      hints = {
        "Count the Adds, then count the Dones on each way through the "
          .. "goroutine.",
        "Three ways lead out of it. Only one of them passes by Done.",
        "In Lua write `local _ <close> = defer(wg.done, wg)` as the first "
          .. "line. In C let every way out lead to one label, and call "
          .. "wg_done there.",
      },
    },
  },
}
