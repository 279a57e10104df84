-- expect: leak
-- The cleaner listens to a context that nobody can cancel.

local function cleaner(ctx)
  ctx:done():recv()                     -- until the search is over
end

local function search(word)
  local ctx, cancel = context.with_cancel(context.background())
  local _ <close> = defer(cancel)
  go(cleaner, (context.with_cancel(context.background())))
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
  return word .. " was found"
end

print(search(""))
print(search("coffee"))
print(search("tea"))
