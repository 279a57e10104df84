-- A queue of promises: each a channel on which one letter will come.

local letters, promises = chan(3, "letters"), chan(3, "promises")
local delay = { A = 30, B = 10, C = 20 }

local function worker()
  for job in letters:range() do
    time.sleep(delay[job.letter] * time.millisecond)
    job.promise:send(job.letter)        -- has room: never waits
  end
end

for _, letter in ipairs { "A", "B", "C" } do
  local promise = chan(1, "promise")
  letters:send { letter = letter, promise = promise }
  promises:send(promise)                -- in the order of the input
end
letters:close()
promises:close()
for _ = 1, 3 do
  go(worker)
end

local order = ""
for promise in promises:range() do
  order = order .. promise:recv()
end
print(order)
