-- expect: leak
-- The first answer is taken; who has the second waits for ever, long before main returns.
local function first()
  local answers = chan(0, "answers")
  for i = 1, 2 do
    go(function() answers:send(i) end)
  end
  return answers:recv()
end

print(first() > 0)
time.sleep(time.second)
