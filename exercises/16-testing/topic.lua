return {
  title = "Testing concurrent code",
  exercises = {
    {
      name = "check_crew",
      title = "A check that catches",
      task = [[
`crew(jobs, n, f)` calls `f` for each job, at most `n` at once, and gives the
results back in the order of the jobs. It stands at the top of the file, and it
is right. Below it stands a check that is happy with anything.

Write a check that panics when a crew is wrong. Then braid puts three wrong
crews in its place, one after the other:

- one that counts a worker as done before its result is there,
- one that gives the results back in the order in which they were ready,
- one that lets one too many work at once.

Your check must pass with the right crew, in every interleaving, and must fail
with each of the wrong ones, in at least one. At the end it prints

    the crew is right

What stands between the two marked lines stays as it is.]],
      fault = "wrong answer",
      output = "the crew is right\n",
      mutants = {"done_too_soon", "as_they_come", "one_too_many"},
      hints = {
        "The verdict names the wrong crews that your check lets pass. Take "
          .. "one of them: what would you see if you used it?",
        "A wrong result is seen by comparing all results with what they "
          .. "should be, at each place, and not only their sum.",
        "The order can only go wrong where a later job is ready first. Let "
          .. "the first jobs take longer: time costs nothing here.",
        "How many work at once, only f can tell: it is called by each "
          .. "worker. Let it count up when it begins and down when it ends, "
          .. "under a lock, and keep the highest count.",
      },
    },
  },
}
