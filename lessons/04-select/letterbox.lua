-- A look into the letterbox, without standing beside it.

local box = chan(1, "box")

local function look()
  local case, letter = select { letter = recv(box), default = true }
  print(case == "letter" and "a letter: " .. letter or "nothing yet")
end

local function drop(letter)
  local case = select { put = send(box, letter), default = true }
  print(case == "put" and "put in: " .. letter or "no room: " .. letter)
end

look()
drop("from Ida")
drop("from Ferdinand")
look()
look()
