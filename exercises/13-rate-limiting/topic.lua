return {
  title = "Rate limiting",
  exercises = {
    {
      name = "token_bucket",
      title = "The token bucket",
      task = [[
A bucket of two tokens, which starts full, and a tap that drops in one each
10 ms. Customers come in crowds; who finds no token is turned away. It is to
print

    at 0 ms: 2 of 3
    at 5 ms: 0 of 1
    at 12 ms: 1 of 2
    at 65 ms: 2 of 3

As it stands, all three are let in after the quiet time. Nobody may wait for a
token, and nobody may be left behind.]],
      fault = "wrong answer",
      output = "at 0 ms: 2 of 3\nat 5 ms: 0 of 1\nat 12 ms: 1 of 2\n"
        .. "at 65 ms: 2 of 3\n",
      goroutines = { min = 9, max = 10 },
      together = 3,
      values = { min = 9 },
      elapsed = "65ms",
      hints = {
        "Where does the tap stand at 60 ms, and what does it hold in its hand?",
        "A tap that waits is one place more. And while it waits, its ticker "
          .. "keeps a tick for it. How could it go on instead?",
        "The token that finds no room is to be lost. Which case of a select "
          .. "is taken when no other one is possible?",
        "Send the token in a select with default, and wait only for ticks.",
      },
    },
    {
      name = "sleeping_workers",
      title = "The sleeping workers",
      task = [[
The other side bears one call each 10 ms, from all workers together. It measures
how close two calls come. The program is to print

    8 calls, the closest 10 ms apart

and to be finished after 105 ms. A call takes 15 or 25 ms, so it needs several
workers: keep the three. As it stands, each of them sleeps for itself.]],
      fault = "wrong answer",
      output = "8 calls, the closest 10 ms apart\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      values = { min = 8 },
      busy = "160ms",
      at_once = { min = 2, max = 3 },
      elapsed = "105ms",
      hints = {
        "Each worker keeps the limit. Who keeps it for all of them?",
        "There is one limit. So there must be one thing that all workers "
          .. "share, and ask before each call.",
        "A tick is received by one goroutine only. What if all three receive "
          .. "from the same ticker?",
      },
    },
    {
      name = "sliding_window",
      title = "The sliding window",
      task = [[
At most three in any 100 ms. Seven guests come at five moments, and it is to
print how many of them were let in:

    80 ms: 1 of 1
    90 ms: 1 of 1
    95 ms: 1 of 1
    105 ms: 0 of 2
    185 ms: 1 of 2

At 185 ms those of 90 and 95 still count. As it stands, the counter begins anew
every 100 ms. Nobody waits: who cannot be let in is told so at once.]],
      fault = "wrong answer",
      output = "80 ms: 1 of 1\n90 ms: 1 of 1\n95 ms: 1 of 1\n"
        .. "105 ms: 0 of 2\n185 ms: 1 of 2\n",
      goroutines = { min = 7 },
      together = 7,
      values = { min = 7 },
      at_once = { min = 7 },
      elapsed = "185ms",
      hints = {
        "A number cannot tell how long ago it was. What must be remembered?",
        "Keep a list of the times of those who were let in. Which of them "
          .. "count when the next one comes?",
        "First take away those that are 100 ms old, then look whether there "
          .. "are fewer than three, then write down the new one.",
        "All of it under one lock: two guests may come at the same moment.",
      },
    },
  },
}
