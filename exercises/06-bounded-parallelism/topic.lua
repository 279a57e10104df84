return {
  title = "Bounded parallelism",
  exercises = {
    {
      name = "at_most_two",
      title = "Two at a time",
      task = [[
Four downloads of 10 ms each, and the other side bears two at a time. The
program counts for itself how many are under way. It is to print

    4 downloads, at most 2 at a time

and to be finished after 20 ms. As it stands, all four begin at once.]],
      fault = "wrong answer",
      output = "4 downloads, at most 2 at a time\n",
      goroutines = { min = 2, max = 6 },
      together = 2,
      busy = "40ms",
      at_once = { min = 2, max = 2 },
      elapsed = "20ms",
      runs = 10000,
      hints = {
        "You need something that lets two pass and makes the third wait until "
          .. "one comes back. Which channel operation waits when there is no "
          .. "room?",
        "Make a channel with room for two. Before a download, send something "
          .. "into it; after it, receive.",
        "The number of values in the channel is the number of downloads under "
          .. "way. So the send must come before the work, and the receive "
          .. "after it.",
      },
    },
    {
      name = "a_million_items",
      title = "A million items, three goroutines",
      task = [[
Twelve items stand for a million. Three of them are worked on at a time, but a
goroutine is started for each, and most of them wait for a key. With a million
items there would be a million stacks.

Do the same work, three at a time, and start *four goroutines at most*:

    12 items, the sum of their squares is 650

All of it may take 40 ms.]],
      fault = "wrong answer",
      output = "12 items, the sum of their squares is 650\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      busy = "120ms",
      at_once = { min = 3, max = 3 },
      elapsed = "40ms",
      hints = {
        "Taking the key before go helps: then there are never more than three "
          .. "at once. But there are still twelve in all. How could one "
          .. "goroutine do more than one item?",
        "Start three workers. Each goes on until there are no more items. "
          .. "Where do they get them from?",
        "Let them range over a channel of items; main sends, closes and "
          .. "waits.",
      },
    },
  },
}
