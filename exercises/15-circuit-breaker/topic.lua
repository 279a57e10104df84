return {
  title = "Circuit breaker",
  exercises = {
    {
      name = "state_machine",
      title = "Closed, open, half-open",
      task = [[
A breaker opens after three failures in a row, and its reset time is 50 ms. The
server is ill until 80 ms, but for a moment at 10, and once more at 130. Eleven
callers come, and it is to print

    5 ms: failed
    10 ms: ok
    15 ms: failed
    20 ms: failed
    20 ms: failed
    30 ms: refused
    72 ms: failed
    85 ms: refused
    125 ms: ok
    130 ms: failed
    135 ms: ok

As it stands, the breaker opens at 20 ms and stays open. Let one call through
after the reset time: the one at 72 ms fails, and the time begins anew.]],
      fault = "wrong answer",
      output = "5 ms: failed\n10 ms: ok\n15 ms: failed\n20 ms: failed\n"
        .. "20 ms: failed\n30 ms: refused\n72 ms: failed\n85 ms: refused\n"
        .. "125 ms: ok\n130 ms: failed\n135 ms: ok\n",
      goroutines = { min = 11, max = 12 },
      together = 11,
      values = { min = 11 },
      at_once = { min = 11 },
      elapsed = "135ms",
      hints = {
        "Which call should be the first to go through again? How could allow "
          .. "know that its time has come?",
        "allow knows when the breaker opened, and what time it is now.",
        "When the reset time is over, set the state to half-open and let the "
          .. "call through. record already knows what to do with its result.",
      },
    },
  },
}
