-- Both channels have something.  Which one is taken first?

local left, right = chan(2, "left"), chan(2, "right")
left:send("L")
left:send("L")
right:send("R")
right:send("R")

local order = ""
for _ = 1, 4 do
  local _, letter = select { left = recv(left), right = recv(right) }
  order = order .. letter
end
print(order)
