-- The order of the results is the order in which they are finished.

local letters, results = chan(3, "letters"), chan(3, "results")
local delay = { A = 30, B = 10, C = 20 }

local function worker()
  for letter in letters:range() do
    time.sleep(delay[letter] * time.millisecond)
    results:send(letter)
  end
end

for _, letter in ipairs { "A", "B", "C" } do
  letters:send(letter)
end
letters:close()
for _ = 1, 3 do
  go(worker)
end

local order = ""
for _ = 1, 3 do
  order = order .. results:recv()
end
print(order)
