-- Three sources are asked for the same thing, and the first answer wins.  The
-- others are called off.
--
-- It works as long as there is an answer.  The second time all three fail,
-- and the program hangs.
--
-- Your task: return when the first answer is there, or when all have failed.
-- In both cases nobody may go on working.

local function source(ctx, s, outcomes, wg)
  local _ <close> = defer(wg.done, wg)
  local finished = time.after(s.ms * time.millisecond)
  if select { work = recv(finished), done = recv(ctx:done()) } == "done" then
    return                              -- called off
  end
  if s.ok then
    outcomes:send { name = s.name }
  end
end

local function first_of(sources)
  local ctx, cancel = context.with_cancel(context.background())
  local outcomes = chan(#sources, "outcomes")
  local wg = sync.WaitGroup()
  for _, s in ipairs(sources) do
    wg:add(1)
    go(source, ctx, s, outcomes, wg)
  end

  local winner = "nobody"               -- if all fail
  winner = outcomes:recv().name
  cancel()                              -- the others need not go on
  wg:wait()                             -- until everybody is at home
  return winner
end

print(first_of {
  { name = "a", ms = 5, ok = false },
  { name = "b", ms = 10, ok = true },
  { name = "c", ms = 500, ok = true },
} .. " answers")
print(first_of {
  { name = "a", ms = 5, ok = false },
  { name = "b", ms = 10, ok = false },
  { name = "c", ms = 20, ok = false },
} .. " answers")
