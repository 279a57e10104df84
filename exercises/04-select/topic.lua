return {
  title = "Select",
  exercises = {
    {
      name = "full_tray",
      title = "Never wait for the tray",
      task = [[
A sensor takes five readings and puts them on a tray that holds two. The reader
is at lunch until the sensor is finished. The sensor must not wait for anybody:
what finds no room is dropped and counted. So the program is to print

    2 kept, 3 dropped

As it stands, it hangs. Keep the tray as it is, and the reader's lunch too.]],
      fault = "deadlock",
      output = "2 kept, 3 dropped\n",
      goroutines = { min = 1, max = 1 },
      values = { min = 2 },
      hints = {
        "A send waits when there is no room. What makes a select not wait?",
        "A select with one send and a default: the default is taken when the "
          .. "send is not possible at this moment.",
        "Count in the default case.",
      },
    },
    {
      name = "not_for_ever",
      title = "A receive with a timeout",
      task = [[
Two libraries look up the answer to a question, one in 10 ms, the other in
50 ms. Nobody wants to wait longer than 20 ms. The program prints

    quick: 42
    slow: no answer in time

and leaks. Let the slow library end as well, without waiting for it.]],
      fault = "leak",
      output = "quick: 42\nslow: no answer in time\n",
      goroutines = { min = 2, max = 4 },
      heard = 1,
      busy = "30ms",
      values = { min = 1 },
      elapsed = "30ms",
      hints = {
        "After 50 ms the slow library wants to hand over its answer. To whom?",
        "An unbuffered send needs somebody who takes the value. What if the "
          .. "value could be put down?",
        "Give the answer's channel room for one.",
      },
    },
    {
      name = "until_both_close",
      title = "Merge until both close",
      task = [[
Two streams give a number every 10 ms; the first gives two, the second three.
merge passes on what comes from either. It is to end when *both* streams are
closed, so that the program prints

    5 numbers, their sum is 63

As it stands, merge ends when the first stream does.]],
      fault = "wrong answer",
      output = "5 numbers, their sum is 63\n",
      goroutines = { min = 3, max = 5 },
      together = 3,
      values = { min = 5 },
      elapsed = "30ms",
      hints = {
        "A receive from a closed channel is possible at any time: it gives "
          .. "ok = false, again and again. Taking no notice of it is no "
          .. "solution.",
        "Which channel is never ready, so that its case is never taken?",
        "Set the variable of the closed stream to nil (NULL). The loop goes "
          .. "on while one of the two is not nil.",
      },
    },
  },
}
