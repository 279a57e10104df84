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
    {
      name = "lock_across_call",
      title = "The lock and the call",
      task = [[
Three calls, which take 20, 20 and 50 ms, with a limit of 30 ms each; and at
5 ms somebody asks for the state of the breaker. It is to print

    closed, told at 5 ms
    2 answered, 1 late, after 30 ms

As it stands, the breaker holds its lock during the call: the calls go one after
the other, and who asks for the state waits behind them.]],
      fault = "wrong answer",
      output = "closed, told at 5 ms\n2 answered, 1 late, after 30 ms\n",
      goroutines = { min = 7, max = 8 },
      together = 7,
      values = { min = 6 },
      at_once = { min = 4 },
      elapsed = "30ms",
      hints = {
        "What does the lock protect? Which lines of call use that, and which "
          .. "line takes all the time?",
        "Move the lock into allow and into record, so that each takes it for "
          .. "a moment.",
        "Every line that reads or writes the state needs the lock, also the "
          .. "one that only looks. The call itself needs none.",
      },
    },
    {
      name = "one_probe",
      title = "Only one probe",
      task = [[
The breaker has opened at 0 ms, its reset time is 50 ms, the server is ill until
100 ms, and a call takes 10. Three callers come at the same moment, three times.
It is to print how many of them reach the server:

    at 60 ms: 1 of 3
    at 130 ms: 1 of 3
    at 150 ms: 3 of 3

As it stands, all of them go through as soon as the reset time is over. Who is
not the probe is refused at once.]],
      fault = "wrong answer",
      output = "at 60 ms: 1 of 3\nat 130 ms: 1 of 3\nat 150 ms: 3 of 3\n",
      goroutines = { min = 9, max = 9 },
      together = 3,
      values = { min = 9 },
      at_once = { min = 3, max = 3 },
      elapsed = "160ms",
      hints = {
        "The first one makes it half-open. What do the second and the third "
          .. "find, and what does allow say to them?",
        "Half-open means that the probe is under way. So whoever finds it "
          .. "half-open is not the probe.",
        "Let allow return true to the one that changes open to half-open, and "
          .. "else only when it is closed.",
      },
    },
  },
}
