return {
  title = "Context",
  exercises = {
    {
      name = "pass_it_on",
      title = "Pass it on",
      task = [[
main calls a handler, the handler a service, the service a query that waits for
a locked table. After 10 ms main cancels. The program is to print, at once,

    query: context canceled
    handler: context canceled

As it stands, the news does not reach the query, which waits for its full limit
of one second. Let the news through, and keep the limit.]],
      fault = "wrong answer",
      output = "query: context canceled\nhandler: context canceled\n",
      goroutines = { min = 1, max = 2 },
      cancels = 1,
      elapsed = "10ms",
      hints = {
        "Follow the context from main downwards, call by call. Where does it "
          .. "end?",
        "A context that is made from background knows nothing of ctx.",
        "Derive the limited context from the ctx that the service was given. "
          .. "It then ends with ctx, or after one second.",
      },
    },
    {
      name = "one_limit",
      title = "One limit for all of it",
      task = [[
A page consists of a header, which takes 10 ms, and a body, which takes 40 ms
today. All of it has 30 ms. The program is to print

    header: ok
    body: context deadline exceeded

and to be finished after 30 ms. As it stands, fetch does not care about it.]],
      fault = "wrong answer",
      output = "header: ok\nbody: context deadline exceeded\n",
      goroutines = { min = 1, max = 3 },
      cancels = 1,
      elapsed = "30ms",
      hints = {
        "A sleep cannot be interrupted. What can you wait for instead, "
          .. "together with something else?",
        "time.after (go_after) gives a channel. Wait for it in a select, and "
          .. "for the context's done channel.",
        "If done is the case taken, return what ctx:err() (ctx_err) says.",
      },
    },
    {
      name = "forgot_cancel",
      title = "A forgotten cancel",
      task = [[
Each search starts a cleaner, which waits for the end of the search's context.
Three searches are made:

    nothing to look for
    coffee was not found
    tea was found

The output is right, and two cleaners are left behind. Let every search cancel
its context, whichever way it ends.]],
      fault = "leak",
      output = "nothing to look for\ncoffee was not found\ntea was found\n",
      goroutines = { min = 3, max = 4 },
      cancels = 3,
      elapsed = "10ms",
      hints = {
        "Which ways lead out of search? Which of them pass by the cancel?",
        "In Lua, write `local _ <close> = defer(cancel)` on the line after "
          .. "the one that makes the context.",
        "In C, let all ways out lead to one label, and cancel there.",
      },
    },
    {
      name = "first_answer",
      title = "The first answer wins",
      task = [[
Three sources are asked at the same time, the first answer wins and the others
are called off. The first time b answers after 10 ms. The second time all three
fail, the last one after 20 ms. The program is to print

    b answers
    nobody answers

and to be finished after 30 ms. As it stands, it hangs when all fail.]],
      fault = "deadlock",
      output = "b answers\nnobody answers\n",
      goroutines = { min = 6, max = 8 },
      together = 3,
      cancels = 2,
      elapsed = "30ms",
      hints = {
        "A source that fails says nothing. How is the asker to know?",
        "Let every source that was not called off send exactly one outcome, "
          .. "good or bad.",
        "The asker receives at most as many outcomes as there are sources, "
          .. "and stops at the first good one.",
        "Keep the room for all outcomes: then no source ever waits for an "
          .. "asker who has left.",
      },
    },
  },
}
