-- expect: wrong answer: ms of virtual time
-- When all fail, it notices only because time is up.

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
  local ctx, cancel = context.with_timeout(context.background(),
    time.second)
  local outcomes = chan(#sources, "outcomes")
  local wg = sync.WaitGroup()
  for _, s in ipairs(sources) do
    wg:add(1)
    go(source, ctx, s, outcomes, wg)
  end

  local winner = "nobody"
  local case, outcome = select {
    outcome = recv(outcomes), done = recv(ctx:done()),
  }
  if case == "outcome" then
    winner = outcome.name
  end
  cancel()
  wg:wait()
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
