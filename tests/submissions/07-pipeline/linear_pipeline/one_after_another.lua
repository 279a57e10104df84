-- expect: wrong answer: main took 120 ms
-- Each waits until the one before has done all four: a line without a line.

local dough, shaped = chan(4, "dough"), chan(4, "shaped")
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

local wg = sync.WaitGroup()
for _, stage in ipairs { knead, shape, bake } do
  wg:add(1)
  go(function()
    local _ <close> = defer(wg.done, wg)
    stage()
  end)
  if stage ~= bake then wg:wait() end
end

for n in loaves:range() do
  print("loaf " .. n)
end
print("sold out")
