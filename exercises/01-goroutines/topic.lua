return {
  title = "Goroutines",
  exercises = {
    {
      name = "wait_all",
      title = "Wait for all of them",
      task = [[
Three parcels are carried at the same time, and each needs 10 ms. But main
returns at once, and with main the program is over: nothing is printed.

Let main wait until all have arrived, so that it prints, in any order,

    parcel 1 has arrived
    parcel 2 has arrived
    parcel 3 has arrived

They are to travel at the same time: all of it takes 10 ms, not 30.]],
      fault = "wrong answer",
      output = [[
parcel 1 has arrived
parcel 2 has arrived
parcel 3 has arrived
]],
      any_order = true,
      goroutines = { min = 3, max = 4 },
      together = 3,
      heard = 3,
      busy = "30ms",
      elapsed = "10ms",
      hints = {
        "Sleeping in main would be a guess: too short, or too long, or just "
          .. "as long, and then it depends on who wakes up first.",
        "Let each goroutine say that it has arrived. How do goroutines talk?",
        "Make a channel. Each goroutine sends on it when it is done; main "
          .. "receives three times.",
      },
    },
    {
      name = "give_an_exit",
      title = "An exit for the watchman",
      task = [[
A watchman reads the thermometer every 10 ms and sends each reading. main takes
two and prints

    21 degrees
    22 degrees

main writes them down and leaves. The watchman does not: he has no way to learn
that nobody reads any more.

Give him an exit, at every place where he waits, and let main tell him.]],
      fault = "leak",
      output = "21 degrees\n22 degrees\n",
      goroutines = { min = 1, max = 2 },
      values = { min = 2 },
      hints = {
        "The watchman waits at two places. Which?",
        "A context is cancelled by calling cancel (ctx_cancel in C). From "
          .. "then on its done channel is ready for everybody.",
        "Put each of the two waits into a select, beside a receive from the "
          .. "done channel, and return when that is the case taken.",
        "main has to cancel, after the second reading.",
      },
    },
    {
      name = "start_from_main",
      title = "Loading starts nothing",
      task = [[
A module counts visits. When it is loaded it starts a goroutine of its own, and
nobody who loads it can stop that goroutine, or even wait for it.

Change the module so that loading starts nothing. main starts the counting with
a context, cancels it after three visits, waits until it has ended, and prints

    3 visits]],
      fault = "leak",
      output = "3 visits\n",
      goroutines = { min = 1, max = 2 },
      values = { min = 3 },
      hints = {
        "Give the module a start function that takes a context, and move the "
          .. "go into it.",
        "In the goroutine's loop, select between a visit and the context's "
          .. "done channel.",
        "main must not read the count while the goroutine may still write it. "
          .. "How can main learn that it has ended?",
        "Let the goroutine close a channel as its last act. main receives "
          .. "from that channel after cancel, and then reads the count.",
      },
    },
  },
}
