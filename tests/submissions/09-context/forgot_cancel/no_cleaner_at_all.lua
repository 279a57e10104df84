-- expect: wrong answer: at least
-- Nothing is left behind where nothing is started.

local function search(word)
  local ctx, cancel = context.with_cancel(context.background())
  local _ <close> = defer(cancel)
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
