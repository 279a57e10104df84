-- expect: deadlock
-- Main waits for an answer that nobody holds; a ticker keeps the program going.
local function ask()
  local answer = chan(0, "answer")
  return answer:recv()
end

go(function()
  local beat = time.ticker(time.second)
  while true do
    beat.c:recv()
  end
end, "heart")

print(ask())
