-- expect: deadlock
-- Waits for a fourth outcome of three sources.

local function source(ctx, s, outcomes, wg)
  local _ <close> = defer(wg.done, wg)
  local finished = time.after(s.ms * time.millisecond)
  if select { work = recv(finished), done = recv(ctx:done()) } == "done" then
    return                              -- called off
  end
  outcomes:send { name = s.name, ok = s.ok }
end

local function first_of(sources)
  local ctx, cancel = context.with_cancel(context.background())
  local outcomes = chan(#sources, "outcomes")
  local wg = sync.WaitGroup()
  for _, s in ipairs(sources) do
    wg:add(1)
    go(source, ctx, s, outcomes, wg)
  end

  local winner = "nobody"
  for _ = 0, #sources do
    local outcome = outcomes:recv()
    if outcome.ok then
      winner = outcome.name
      break
    end
  end
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
