-- expect: leak
-- The asker gives up after 20 ms.  Who takes the answer now?

local answer = chan(0, "answer")

local function look_up()
  time.sleep(50 * time.millisecond)     -- a slow day
  answer:send(42)
end

go(look_up)

local timeout = time.after(20 * time.millisecond)
local case, value = select { answer = recv(answer), timeout = recv(timeout) }
if case == "answer" then
  print("the answer is " .. value)
else
  print("too slow, going home")
end
