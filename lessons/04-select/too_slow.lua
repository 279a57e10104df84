-- An answer that may come too late, and a channel that has room for it.

local function ask(duration)
  local answer = chan(1, "answer")      -- room: the sender never waits
  go(function()
    time.sleep(duration)
    answer:send(42)
  end)

  local limit = time.after(20 * time.millisecond)
  local case, value = select { answer = recv(answer), limit = recv(limit) }
  print(case == "answer" and "the answer is " .. value or "too slow")
end

ask(10 * time.millisecond)
ask(50 * time.millisecond)
