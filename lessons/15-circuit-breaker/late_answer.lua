-- expect: leak
-- A call with a limit of 20 ms, and an answer after 50.

local function server()
  time.sleep(50 * time.millisecond)
  return "soup"
end

local function ask(answer)
  answer:send(server())
end

local function call(limit)
  local answer = chan(0, "answer")
  go(ask, answer)
  local case, dish = select {
    answer = recv(answer),
    limit = recv(time.after(limit)),
  }
  return case == "answer" and dish or "too late"
end

print(call(20 * time.millisecond))
print("after " .. time.now() // time.millisecond .. " ms")
