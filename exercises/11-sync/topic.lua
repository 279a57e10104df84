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
    {
      name = "one_price",
      title = "Work it out once",
      task = [[
Four clerks ask for prices at the same time: three for soup, one for bread. To
work one out takes 10 ms. The program is to print

    4 prices, their sum is 17
    2 worked out

and to be finished after 10 ms, so soup and bread are worked out at the same
time. As it stands, soup is worked out again and again.]],
      fault = "wrong answer",
      output = "4 prices, their sum is 17\n2 worked out\n",
      goroutines = { min = 4, max = 8 },
      together = 4,
      busy = "20ms",
      elapsed = "10ms",
      hints = {
        "Load and store are two steps. Three clerks load before the first one "
          .. "stores.",
        "load_or_store (go_map_load_or_store) is a single step. But what can "
          .. "you store before you know the price?",
        "Store a promise: something that works the price out once, and that "
          .. "others can wait for.",
        "In Lua, `sync.once_value(function() ... end)` is such a promise. In "
          .. "C, put a `struct once` into struct entry, and let the entry know "
          .. "its dish.",
      },
    },
    {
      name = "one_bell",
      title = "One bell for all",
      task = [[
Two bakers put two cakes each on a shelf with a place for one, and two guests
take two each. Whoever has to wait waits at the bell, a Cond. The program is to
print

    4 cakes, their sum is 10

Often it does. But the bell may wake a baker where a guest was meant. Then all
of them sleep. Mend that, and keep the shelf, the lock and the looking.]],
      fault = "deadlock",
      output = "4 cakes, their sum is 10\n",
      goroutines = { min = 4, max = 5 },
      together = 4,
      runs = 20000,
      hints = {
        "Look at the report: who waits for what? And what lies on the shelf?",
        "signal wakes one who waits at the bell, whoever that is. A baker who "
          .. "is woken by a baker finds no room, and sleeps again.",
        "Wake all of them: each looks for itself, since it waits in a loop.",
        "Or let the bakers wait at a bell of their own, and the guests at "
          .. "another: then signal cannot wake the wrong kind.",
      },
    },
  },
}
