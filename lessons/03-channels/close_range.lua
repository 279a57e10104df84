-- The owner closes; range ends; a receive after that says so.

local numbers = chan(1, "numbers")

local function count(out)
  local _ <close> = defer(out.close, out)  -- the only sender closes, at its end
  for n = 1, 3 do
    out:send(n)
  end
end

go(count, numbers)

for n in numbers:range() do                -- until closed and empty
  print("got " .. n)
end

local n, ok = numbers:recv()               -- closed: returns at once, each time
print("after the end:", n, ok)
