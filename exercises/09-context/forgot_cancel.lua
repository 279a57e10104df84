-- Each search makes a note on the blackboard, and a cleaner wipes it off when
-- the search is over: when its context is cancelled.
--
-- Two searches are made.  One of them has nothing to look for and returns
-- early, and its cleaner waits for ever.
--
-- Your task: let every search cancel its context, on every way out.

local function cleaner(ctx)
  ctx:done():recv()                     -- until the search is over
end

local function search(word)
  local ctx, cancel = context.with_cancel(context.background())
  go(cleaner, ctx)
  if word == "" then
    return "nothing to look for"
  end
  if word == "coffee" then
    return word .. " was not found"
  end

  local found = time.after(10 * time.millisecond)
  if select { found = recv(found), done = recv(ctx:done()) } == "done" then
    return word .. ": " .. ctx:err()
  end
  cancel()                              -- the search is over
  return word .. " was found"
end

print(search(""))
print(search("coffee"))
print(search("tea"))
