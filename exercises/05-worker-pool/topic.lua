return {
  title = "Worker pool",
  exercises = {
    {
      name = "basic_pool",
      title = "A basic pool",
      task = [[
Three workers square the numbers 1 to 6. Each job takes 10 ms, so three workers
need 20 ms for all of them. The program hangs.

Make every goroutine come to its end, so that it prints

    6 squares, their sum is 91

Keep the three workers and the channel of jobs they share.]],
      fault = "deadlock",
      output = "6 squares, their sum is 91\n",
      goroutines = { min = 3, max = 6 },
      together = 3,
      values = { min = 6 },
      busy = "60ms",
      elapsed = "20ms",
      hints = {
        "Read the report from the end: main waits for results to be closed. "
          .. "Who closes results, and what is that goroutine waiting for?",
        "The coordinator waits for the workers, and each worker is still in "
          .. "its loop over jobs. What ends such a loop?",
        "A loop over a channel ends when the channel is closed and empty. "
          .. "Who can know that no more jobs will come?",
        "Close jobs where the feeder ends: it is the only one that sends on it.",
      },
    },
    {
      name = "pool_cancel",
      title = "A pool that can be stopped",
      task = [[
main takes two results, cancels the context and leaves. It prints

    2 results are enough

and all seems well; but a worker is left behind, with a result that nobody
takes. In a server that runs for a month, a few of these each second fill the
memory.

Let every goroutine end once the context is cancelled. Keep three workers and
do not take more than two results.]],
      fault = "leak",
      output = "2 results are enough\n",
      goroutines = { min = 4, max = 6 },
      together = 4,
      values = { min = 4 },
      hints = {
        "The report names the line where the worker stands. It waits there for "
          .. "one thing only.",
        "The receive of a job can be called off: it stands in a select with "
          .. "the context's done channel. What about the send of the result?",
        "Put the send into a select of its own, beside a receive from done, "
          .. "and return when done is the case taken.",
      },
    },
    {
      name = "who_closes",
      title = "Who closes results?",
      task = [[
Two workers square the numbers 1 to 4 and each of them closes `results` when
it is done. A channel can be closed once, and after that nobody may send on it.

Close `results` exactly once, when no worker can send any more, so that the
program prints

    4 squares, their sum is 30]],
      fault = "panic",
      output = "4 squares, their sum is 30\n",
      goroutines = { min = 2, max = 5 },
      together = 2,
      values = { min = 4 },
      hints = {
        "A worker knows that it is done itself. It cannot know that the other "
          .. "one is. Who could know both?",
        "A WaitGroup counts: Add before each go, Done at the end of each "
          .. "worker, and Wait returns when all are done.",
        "Wait must not stand in main before the loop over results: the workers "
          .. "need main to take their results meanwhile.",
        "Start one more goroutine, the coordinator: it waits, then closes "
          .. "results.",
      },
    },
    {
      name = "job_results",
      title = "An answer for each job",
      task = [[
Three workers square the numbers written in five texts; some texts are no
numbers. Print each answer beside its own text, in the order of the texts:

    4: 16
    seven: error: not a number
    9: 81
    ten: error: not a number
    6: 36

As it stands, the answers are printed in the order in which the workers happen
to finish.]],
      fault = "wrong answer",
      output = [[
4: 16
seven: error: not a number
9: 81
ten: error: not a number
6: 36
]],
      goroutines = { min = 3, max = 6 },
      together = 3,
      values = { min = 5 },
      hints = {
        "A result says what came out, but not of which job. What must travel "
          .. "with the job, and come back with its result?",
        "Give each job its number, let the worker put that number into the "
          .. "answer, and collect the answers in a table by number.",
        "Print only when all answers are there. An error is an answer too: "
          .. "every job sends exactly one.",
        "Another way: each job brings a channel of its own, with room for one "
          .. "answer, and main receives from these in order.",
      },
    },
  },
}
