return {
  title = "Pipeline",
  exercises = {
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
  },
}
