-- expect: panic: close of closed channel
-- shape closes its output and, to be safe, its input, which knead closes.

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
  local _ <close> = defer(shaped.close, shaped)
  local _ <close> = defer(dough.close, dough)
  for n in dough:range() do
    work()
    shaped:send(n)
  end
end

local function bake()
  local _ <close> = defer(loaves.close, loaves)
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
