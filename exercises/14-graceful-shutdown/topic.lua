return {
  title = "Graceful shutdown",
  exercises = {
    {
      name = "signal_handler",
      title = "A signal to be heard",
      task = [[
The program copies ten files, 10 ms each. While it does so there is a lock file.
After 25 ms the world sends it a SIGTERM, and it is gone: the lock file stays.

On the signal, finish the file at hand, and no other; remove the lock file; and
go. It is to print

    lock file made
    3 files copied
    lock file removed]],
      fault = "wrong answer",
      output = "lock file made\n3 files copied\nlock file removed\n",
      goroutines = { min = 1, max = 2 },
      together = 1,
      values = { min = 3 },
      busy = "30ms",
      elapsed = "30ms",
      signals = { { at = "25ms", name = "SIGTERM" } },
      hints = {
        "A program that does not ask for a signal is ended by it. Ask before "
          .. "the work begins.",
        "Who receives the signal, and how does the copier learn of it? It "
          .. "already looks at a context between two files.",
        "signal.notify_context (sig_notify_context in C) makes a context that "
          .. "the signal cancels.",
      },
    },
    {
      name = "drain",
      title = "What was accepted is done",
      task = [[
An order is accepted each 5 ms, two cooks need 12 ms for each, and the doors
close at 22 ms. Five orders were accepted by then, so it is to print

    5 accepted, 5 done

and be finished after 36 ms. As it stands, the cooks hear the same bell as the
reception.]],
      fault = "wrong answer",
      output = "5 accepted, 5 done\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      values = { min = 5 },
      busy = "60ms",
      at_once = { min = 2 },
      elapsed = "36ms",
      hints = {
        "Who has to know that the doors are closed, and who had better not?",
        "What would a cook wait for if he did not listen to the context? And "
          .. "who ends that?",
        "The reception closes orders already. A loop over orders takes what "
          .. "is left, and ends when it is closed and empty.",
      },
    },
    {
      name = "deadline",
      title = "A shutdown with a deadline",
      task = [[
Two evenings in a restaurant. On the second one a guest waits for a dish that
never comes, and with him everybody. Let `shutdown` wait for 30 ms at most, and
then insist: who has not been fed has to leave, and is counted. It is to print

    2 fed, 0 out, after 20 ms
    2 fed, 1 out, after 30 ms

The first evening is over after 20 ms, not after 30.]],
      fault = "deadlock",
      output = "2 fed, 0 out, after 20 ms\n2 fed, 1 out, after 30 ms\n",
      goroutines = { min = 5, max = 7 },
      together = 3,
      cancels = 1,
      elapsed = "50ms",
      hints = {
        "A Wait has no limit. How could you wait for two things, for all "
          .. "guests or for 30 ms?",
        "A goroutine that waits, and then closes a channel, turns a WaitGroup "
          .. "into something that a select can wait for.",
        "At the limit, cancel the context that the guests listen to.",
        "Then wait once more: the last guest has to leave and be counted "
          .. "before main may look at the numbers.",
      },
    },
    {
      name = "blocking_start",
      title = "A start that blocks",
      task = [[
A server, three clients, and Ctrl-C at 50 ms, when two of them are being served.
It is to print

    first: bread at 25 ms
    second: bread at 55 ms
    third: bread at 57 ms
    closed at 57 ms

As it stands, `start` returns only when the listener is closed, and main never
comes to the line that would close it.]],
      fault = "deadlock",
      output = "first: bread at 25 ms\nsecond: bread at 55 ms\n"
        .. "third: bread at 57 ms\nclosed at 57 ms\n",
      any_order = true,
      goroutines = { min = 7, max = 8 },
      together = 4,
      busy = "100ms",
      at_once = { min = 2 },
      elapsed = "57ms",
      signals = { { at = "50ms", name = "SIGINT" } },
      hints = {
        "In which line is main when the signal comes? Which line would look "
          .. "for it?",
        "Either the server or the waiting for the signal needs a goroutine of "
          .. "its own.",
        "If it is the server: main must learn that it has ended, with nobody "
          .. "in flight. What can a goroutine close as its last act?",
        "start closes done after it has waited for those in flight; main "
          .. "closes the listener and receives from done.",
      },
    },
  },
}
