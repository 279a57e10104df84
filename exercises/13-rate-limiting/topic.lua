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
  },
}
