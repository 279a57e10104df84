return {
  title = "Errors",
  exercises = {
    {
      name = "collect_all",
      title = "All the errors",
      task = [[
Four pages are saved at the same time, 10 ms each. Two of them cannot be. The
program is to print, the errors in any order,

    page 2: disk full
    page 4: no such page
    2 of 4 pages are saved

As it stands, there is room for one error, and main reads it only when all are
done. When a second one fails, it hangs. Let it tell every error, however many
fail.]],
      fault = "deadlock",
      output = [[
page 2: disk full
page 4: no such page
2 of 4 pages are saved
]],
      any_order = true,
      goroutines = { min = 4, max = 6 },
      together = 4,
      busy = "40ms",
      elapsed = "10ms",
      hints = {
        "Read the report: main waits for the savers, and what does one of "
          .. "them wait for?",
        "Main reads only when all are done. Until then nobody takes anything "
          .. "out of the channel. How much may be sent by then, at most?",
        "Every saver sends at most one error. Give the channel as much room "
          .. "as there are savers.",
        "Another way: let a goroutine wait and close, and let main read "
          .. "meanwhile.",
      },
    },
    {
      name = "fetch_all",
      title = "All or nothing",
      task = [[
Three dishes are fetched at the same time. If one cannot be had, the others are
not wanted either. The first time all goes well, and takes 20 ms. The second
time the bread fails after 10 ms, the wine after 15, and the soup would take
500. The program is to print

    on the table: soup bread wine
    no meal: bread: burnt

and to be finished after 30 ms. As it stands, it waits for the soup, and two may
write down their error at once.]],
      fault = "race",
      output = "on the table: soup bread wine\nno meal: bread: burnt\n",
      goroutines = { min = 6, max = 8 },
      together = 3,
      cancels = 1,
      elapsed = "30ms",
      hints = {
        "Three things are to be done: keep the first error, call off the "
          .. "others, wait for all. What does the three?",
        "errgroup.with_context (group_with_context) gives a group and a "
          .. "context. Start the fetchers with the group's go, and let each "
          .. "return its error.",
        "Pass the context of the group to fetch. With the one that lay was "
          .. "given, nobody is ever called off.",
        "What wait returns is the first error; what was fetched goes by place, "
          .. "as before.",
      },
    },
    {
      name = "give_it_back",
      title = "On the way out of a failure",
      task = [[
Six pages are saved, two at once, 10 ms each, in two halves. Page 4 fails after
3 ms, and then nothing more is to be begun. The program is to print

    page 4: disk full
    2 pages saved

As it stands, it hangs: after the failure main waits for a token. Mend that, and
keep it at two at a time.]],
      fault = "deadlock",
      output = "page 4: disk full\n2 pages saved\n",
      goroutines = { min = 4, max = 7 },
      cancels = 1,
      at_once = { min = 2, max = 2 },
      elapsed = "20ms",
      hints = {
        "Who has taken the two tokens that main waits for? Which way did they "
          .. "go out?",
        "A token has to be given back on every way out, as a lock has: by "
          .. "defer.",
        "Simpler: let the group do it. With set_limit(2) (group_set_limit) "
          .. "before the loop, no tokens are needed.",
        "Pages 5 and 6 are still started. They find the context cancelled, and "
          .. "return.",
      },
    },
    {
      name = "in_its_place",
      title = "By place, or at the end",
      task = [[
Four words are turned round at the same time; they take 20, 10, 30 and 10 ms.
The program is to print the results in the order of the words:

    pots ward evil emit

and to take 30 ms. As it stands, each result goes to the end of the list. Two
may be put there at once, and the order is that of finishing.]],
      fault = "race",
      output = "pots ward evil emit\n",
      goroutines = { min = 4, max = 5 },
      together = 4,
      busy = "70ms",
      elapsed = "30ms",
      hints = {
        "A lock would cure the race. Would it cure the order?",
        "Every worker knows the number of its word. Where could its result "
          .. "stand?",
        "Write to `results[i]`. Four places are four variables: nobody shares "
          .. "any of them, and Wait orders all of it before main reads.",
      },
    },
  },
}
