-- expect: leak
-- main counts to four and leaves; shape and bake wait for more for ever.

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

for _ = 1, 4 do
  print("loaf " .. loaves:recv())
end
print("sold out")
