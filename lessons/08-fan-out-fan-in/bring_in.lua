-- Two rivers, one sea: a forwarder for each, and a coordinator that closes.

local sea = chan(0, "sea")
local wg = sync.WaitGroup("forwarders")

local function river(first, last)
  local out = chan(0, "river")
  go(function()
    local _ <close> = defer(out.close, out)
    for n = first, last do
      out:send(n)
    end
  end)
  return out
end

local function forward(from)
  local _ <close> = defer(wg.done, wg)
  for n in from:range() do
    sea:send(n)
  end
end

local function coordinator()
  wg:wait()                             -- when no forwarder can send any more
  sea:close()
end

wg:add(2)
go(forward, river(1, 2))
go(forward, river(11, 12))
go(coordinator)

local sum = 0
for n in sea:range() do
  print(n)
  sum = sum + n
end
print("sum: " .. sum)
