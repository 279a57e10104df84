-- expect: passed
-- Another way: a list under a lock, read after Wait.

local function shop(prices)
  local out = chan(0, "shop")
  go(function()
    local _ <close> = defer(out.close, out)
    for _, price in ipairs(prices) do
      time.sleep(10 * time.millisecond) -- looks it up
      out:send(price)
    end
  end)
  return out
end

local all, mu = {}, sync.Mutex()

local function merge(shops)
  local merged = chan(20, "merged")
  local wg = sync.WaitGroup()

  local function forward(from)
    local _ <close> = defer(wg.done, wg)
    for price in from:range() do
      mu:lock()
      all[#all + 1] = price
      mu:unlock()
    end
  end

  for _, from in ipairs(shops) do
    wg:add(1)
    go(forward, from)
  end
  wg:wait()
  for _, price in ipairs(all) do
    merged:send(price)
  end
  merged:close()
  return merged
end

local shops = { shop { 30, 12 }, shop { 17, 25 }, shop { 11, 40 } }
local count, lowest = 0, math.huge
for price in merge(shops):range() do
  count, lowest = count + 1, math.min(lowest, price)
end
print(count .. " prices, the lowest is " .. lowest)
