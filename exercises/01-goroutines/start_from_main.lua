-- A module that counts visits.  The moment it is loaded it starts a goroutine
-- of its own, whether anybody wants to count or not.
--
-- main counts three visits and leaves.  The module's goroutine stays: nobody
-- ever got hold of anything to stop it with.
--
-- Your task: loading the module must start nothing.  Let main start the
-- counting, with a context, and wait for its end before it prints.

local function new_counter()            -- the module
  local counter = { visits = chan(0, "visits"), answer = chan(0, "answer") }

  go(function()
    local count = 0
    while true do
      local visit = counter.visits:recv()
      if visit == "how many?" then
        counter.answer:send(count)
      else
        count = count + 1
      end
    end
  end)

  return counter
end

local counter = new_counter()           -- main loads it, and it runs already

for n = 1, 3 do
  counter.visits:send(n)
end
counter.visits:send("how many?")
print(counter.answer:recv() .. " visits")
