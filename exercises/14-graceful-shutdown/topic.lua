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
  },
}
