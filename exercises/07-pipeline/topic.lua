return {
  title = "Pipeline",
  exercises = {
    {
      name = "keep_the_odd",
      title = "A filter in the line",
      task = [[
`generate` sends the numbers 1 to 6, `square` squares them, main prints what
comes. Put a stage of its own into the line that lets only the odd squares pass,
so that the program prints

    1
    9
    25

main stays as simple as it is: it prints what it receives.]],
      fault = "wrong answer",
      output = "1\n9\n25\n",
      goroutines = { min = 3, max = 5 },
      together = 3,
      values = { min = 12 },
      hints = {
        "A filter is a stage like square: it receives from one channel and "
          .. "sends to another. Which channel is its output, and who reads it?",
        "It receives every square, and sends only some. What does not fit is "
          .. "left out: go on to the next, do not leave.",
        "Make a channel odd, start the filter with go, and let main range over "
          .. "odd. How does main learn that no more will come?",
        "The filter closes odd when squares is closed and empty: by defer in "
          .. "Lua, behind the loop in C.",
      },
    },
    {
      name = "linear_pipeline",
      title = "The end runs down the line",
      task = [[
A bakery in a line: one kneads, the next one shapes, the third one bakes. Each
needs 10 ms for a loaf. Four loaves come out, and then the program hangs.

Let every stage come to its end, and main with them, so that it prints

    loaf 1
    loaf 2
    loaf 3
    loaf 4
    sold out

Keep the three stages at work at the same time: the line needs 60 ms for all
four loaves, one after another would need 120.]],
      fault = "deadlock",
      output = "loaf 1\nloaf 2\nloaf 3\nloaf 4\nsold out\n",
      goroutines = { min = 3, max = 5 },
      together = 3,
      values = { min = 12 },
      busy = "120ms",
      elapsed = "60ms",
      hints = {
        "The report says who waits for whom: main for bake, bake for shape. "
          .. "And shape? Its input is over: has it told anybody?",
        "A loop over a channel ends when the channel is closed and empty. "
          .. "knead closes dough. Who should close shaped, and who loaves?",
        "A stage owns its output: it is the only one that sends there. When "
          .. "its own loop is over, it closes its output, and nothing else.",
        "Close shaped at the end of shape, and loaves at the end of bake: "
          .. "by defer in Lua, behind the loop in C.",
      },
    },
    {
      name = "first_that_fits",
      title = "The first that fits",
      task = [[
A hundred numbers go into the line, `square` squares them, `keep_even` lets the
even squares through. main prints them and leaves with the first that is
greater than 10:

    4
    16

All of this is printed, and yet three goroutines are left behind, each stuck at
a send. Let every stage end when main leaves. Keep the three stages, and do not
compute the rest of the hundred: whoever leaves early says so.]],
      fault = "leak",
      output = "4\n16\n",
      goroutines = { min = 3, max = 5 },
      together = 3,
      values = { min = 10, max = 40 },
      hints = {
        "Each stage waits at its send for a receiver who will not come. What "
          .. "else could it wait for at the same place?",
        "main must be able to say that it leaves: make a context with cancel, "
          .. "and cancel it where main has left its loop.",
        "Put each send of each stage into a select, beside a receive from the "
          .. "context's done channel. Asking before the send is not enough.",
        "A stage that is told to end closes its output all the same: in Lua a "
          .. "deferred close does it, in C leave the loop by break.",
      },
    },
    {
      name = "several_hands",
      title = "Stages with several workers",
      task = [[
The numbers 1 to 4 go through two slow stages: one squares, the other one adds
one. Each item takes 10 ms in each stage, so each stage has two workers. The
workers trip over one another: what may happen once, two of them do.

Let each stage close its output exactly once, when none of its workers can send
any more, so that the program prints

    4 results, their sum is 34

Keep two workers in each stage: the whole line needs 30 ms.]],
      fault = "panic",
      output = "4 results, their sum is 34\n",
      goroutines = { min = 5, max = 9 },
      together = 4,
      values = { min = 12 },
      busy = "80ms",
      elapsed = "30ms",
      hints = {
        "A channel is closed once, and a WaitGroup may not fall below zero. "
          .. "How many workers does a stage have, and what does each of them do?",
        "Count what you wait for: one Add for each worker, before its go, and "
          .. "one Done in each worker.",
        "Wait returns when all workers of the stage are done. Only then does "
          .. "anybody know that nobody will send on the output any more.",
        "Take the close out of the worker. The stage itself closes its output, "
          .. "behind its Wait.",
      },
    },
  },
}
