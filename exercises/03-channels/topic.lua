return {
  title = "Channels",
  exercises = {
    {
      name = "hand_over",
      title = "From hand to hand",
      task = [[
The guard comes after 10 ms and takes the key. The porter may say so only when
it has happened. The program is to print

    guard: I am here
    porter: the guard has the key

As it stands, the porter speaks when the guard is still on the way. Sleeping is
no solution: who sleeps has heard nothing.]],
      fault = "wrong answer",
      output = "guard: I am here\nporter: the guard has the key\n",
      goroutines = { min = 1, max = 2 },
      heard = 1,
      values = { min = 1 },
      busy = "10ms",
      hints = {
        "The channel has room for one key. When is the porter's send finished?",
        "A send into a buffer tells that there was room. Which send tells that "
          .. "somebody has received?",
        "On an unbuffered channel a finished send means: somebody has the "
          .. "value now.",
      },
    },
    {
      name = "every_reading",
      title = "Until no more will come",
      task = [[
A sensor takes 10 ms for each reading and main adds them up, however many they
are. The program is to print

    4 readings, their sum is 8

As it stands, a zero marks the end, and so the second reading, 0 degrees, ends
the loop. Another number as the mark would only wait for its day: let the sensor
send readings and nothing else, and yet tell that no more will come.]],
      fault = "wrong answer",
      output = "4 readings, their sum is 8\n",
      goroutines = { min = 1, max = 2 },
      heard = 1,
      values = { min = 4, max = 4 },
      busy = "40ms",
      elapsed = "40ms",
      hints = {
        "What can a sender do to a channel that is not a value, and that the "
          .. "receiver notices?",
        "The sensor closes the channel when it has sent its last reading. What "
          .. "does a receive give after that, beside the zero?",
        "Range over the channel (in C: while go_recv gives true), and ask no "
          .. "reading whether it is the end.",
      },
    },
    {
      name = "one_owner",
      title = "Close exactly once",
      task = [[
Two clerks type in the orders of a day, 10 ms for each, and the kitchen counts
them. A clerk's list ends with its last line, or before it at a line `closed`.
The program is to print

    monday: 2 orders
    tuesday: 4 orders

As it stands, it panics on Monday. Let each channel be closed exactly once, by
its owner, whichever way the list ends. Both clerks type at the same time.]],
      fault = "panic",
      output = "monday: 2 orders\ntuesday: 4 orders\n",
      goroutines = { min = 2, max = 4 },
      together = 2,
      heard = 2,
      values = { min = 6 },
      busy = "60ms",
      elapsed = "50ms",
      hints = {
        "A channel can be closed once. Follow the clerk through Monday's list: "
          .. "how many closes are on the way? And through Tuesday's?",
        "The story names the line of the second close. Which line was the "
          .. "first? Only one of the two can stay: which do both days need?",
        "break leaves the loop and goes on below it. What stands there?",
        "Keep the close below the loop, for both days, and take away the one "
          .. "inside.",
      },
    },
    {
      name = "room_to_leave",
      title = "Room for all who may still send",
      task = [[
Three libraries look up the same answer, in 10, 30 and 50 ms. main takes the
first one and reads for 60 ms. It prints

    first answer: corner

and leaks: two libraries stand there for ever. Let every goroutine come to its
end. All three are asked, and main waits for none but the first.]],
      fault = "leak",
      output = "first answer: corner\n",
      goroutines = { min = 3, max = 4 },
      together = 3,
      heard = 1,
      values = { min = 1 },
      busy = "90ms",
      elapsed = "70ms",
      hints = {
        "Each library sends one answer, and main takes one. How many answers "
          .. "does nobody take?",
        "A send into a channel that has room waits for nobody. What does room "
          .. "for one mend, and what not?",
        "Give the channel room for every answer that may still be sent after "
          .. "main has turned away.",
      },
    },
  },
}
