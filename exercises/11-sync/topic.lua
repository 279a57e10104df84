return {
  title = "Once, Pool, Map, Cond and atomics",
  exercises = {
    {
      name = "singleton",
      title = "Loaded once",
      task = [[
Three servers start at the same time, and each needs the settings. Whoever is
first loads them, which takes 10 ms, and the others wait. The program is to
print

    settings loaded
    3 servers listen on port 80

after 10 ms. As it stands, all of them load, and there is a race as well. Load
nothing before a server asks for it.]],
      fault = "race",
      output = "settings loaded\n3 servers listen on port 80\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      busy = "10ms",
      elapsed = "10ms",
      hints = {
        "Between the look at settings and the write there are 10 ms. Who else "
          .. "looks meanwhile?",
        "To be first is not enough: the others must wait until it is loaded. "
          .. "What does both?",
        "A `sync.Once` (`struct once`): its function loads, and whoever comes "
          .. "later waits for it.",
        "Read settings only after the call of the Once, never before it.",
      },
    },
  },
}
