return {
  title = "Fan-out, fan-in",
  exercises = {
    {
      name = "merge_all",
      title = "Bring three streams together",
      task = [[
Three shops name two prices each, on three channels. merge brings them into one,
and main looks for the lowest. It is to print

    6 prices, the lowest is 11

merge closes the merged channel as soon as it has started its forwarders, and so
main hears of no price at all. Close it when nobody can send on it any more. The
shops are to be asked at the same time, which takes 20 ms.]],
      fault = "wrong answer",
      output = "6 prices, the lowest is 11\n",
      goroutines = { min = 3, max = 9 },
      together = 3,
      values = { min = 6 },
      elapsed = "20ms",
      runs = 20000,
      hints = {
        "Starting a forwarder does not mean that it has forwarded anything. "
          .. "Who knows when all three are done?",
        "A WaitGroup: Add before each go, Done at the end of each forwarder.",
        "If merge itself waits, main cannot receive yet, and the forwarders "
          .. "are stuck. Let a goroutine wait and close.",
      },
    },
    {
      name = "all_go_home",
      title = "Two are enough",
      task = [[
A generator deals numbers to two workers, each worker has a forwarder, and main
takes two squares of five. Then it cancels and prints

    2 squares are enough

The forwarders, whose channel main has left, listen to the context. Still there
are goroutines left behind, one stage earlier. Let all of them go home.]],
      fault = "leak",
      output = "2 squares are enough\n",
      goroutines = { min = 5, max = 7 },
      together = 5,
      values = { min = 4 },
      hints = {
        "The report names a line. What does a worker wait for there, and who "
          .. "was to take it?",
        "A forwarder that leaves takes nothing more from its worker. The "
          .. "worker needs a way out of its own.",
        "Put the worker's send into a select beside done. The receive from "
          .. "numbers needs none, as long as generate closes it.",
      },
    },
    {
      name = "in_order",
      title = "In the order of the text",
      task = [[
Three workers translate the words of a sentence. One word takes 30 ms, the
others 10. Print the translations in the order of the text:

    the
    dog
    barks
    in the
    yard

As it stands, they come in the order in which they are finished. Keep three
workers; all of it may take 40 ms.]],
      fault = "wrong answer",
      output = "the\ndog\nbarks\nin the\nyard\n",
      goroutines = { min = 3, max = 6 },
      together = 3,
      values = { min = 5 },
      elapsed = "40ms",
      hints = {
        "A translation does not say which word it belongs to. Who knows the "
          .. "place of a word in the text, and when?",
        "Number the words when you hand them out, and let the translation "
          .. "bring the number back.",
        "Keep what comes too early in a table, and print while the next in "
          .. "order is there.",
        "Another way: each word brings a channel with room for one, and main "
          .. "receives from these channels in order.",
      },
    },
  },
}
