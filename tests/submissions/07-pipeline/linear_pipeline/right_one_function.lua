-- expect: passed
-- Another way: the three are one function, given its input and its output.

local function stage(name, input)
  local out = chan(0, name)
  go(function()
    local _ <close> = defer(out.close, out)
    for n in input:range() do
      time.sleep(10 * time.millisecond)
      out:send(n)
    end
  end)
  return out
end

local orders = chan(4, "orders")
for n = 1, 4 do
  orders:send(n)
end
orders:close()

local dough = stage("dough", orders)
local shaped = stage("shaped", dough)
for n in stage("loaves", shaped):range() do
  print("loaf " .. n)
end
print("sold out")
