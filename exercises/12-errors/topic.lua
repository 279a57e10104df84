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
  },
}
