-- expect: wrong answer: line 3
-- knead closes the whole line, while the others are still at work: when it has
-- kneaded the fourth, main has seen two loaves at most.

local dough, shaped = chan(0, "dough"), chan(0, "shaped")
local loaves = chan(0, "loaves")

local function work()
  time.sleep(10 * time.millisecond)
end

local function knead()
  for n = 1, 4 do
    work()
    dough:send(n)
  end
  dough:close()
  shaped:close()
  loaves:close()
end

local function shape()
  for n in dough:range() do
    work()
    shaped:send(n)
  end
end

local function bake()
  for n in shaped:range() do
    work()
    loaves:send(n)
  end
end

go(knead)
go(shape)
go(bake)

for n in loaves:range() do
  print("loaf " .. n)
end
print("sold out")
