-- A bakery in a line: one kneads, the next one shapes, the third one bakes.
--
-- All four loaves come out, and then it hangs.  Check it: main waits for a
-- fifth loaf, and so does everybody but the one who kneads.
--
-- Your task: let the end of the work run down the line, so that every stage
-- ends, and main learns that no more loaves will come.

local dough, shaped = chan(0, "dough"), chan(0, "shaped")
local loaves = chan(0, "loaves")

local function work()
  time.sleep(10 * time.millisecond)
end

local function knead()
  local _ <close> = defer(dough.close, dough)
  for n = 1, 4 do
    work()
    dough:send(n)
  end
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
