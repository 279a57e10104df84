-- expect: leak
-- A goroutine that nobody can stop, and that does not stop by itself.

local questions, answers = chan(0, "questions"), chan(0, "answers")

local function oracle()
  while true do
    local question = questions:recv()
    answers:send(question .. "? Surely.")
  end
end

go(oracle)
questions:send("Will it rain")
print((answers:recv()))
