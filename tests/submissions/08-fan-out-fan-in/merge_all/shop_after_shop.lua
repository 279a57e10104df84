-- expect: wrong answer: ms of virtual time
-- Takes all of one shop before it looks at the next.

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

local function merge(shops)
  local merged = chan(0, "merged")
  local wg = sync.WaitGroup()

  local function forward(from)
    local _ <close> = defer(wg.done, wg)
    for price in from:range() do
      merged:send(price)
    end
  end

  wg:add(#shops)
  go(function()
    for _, from in ipairs(shops) do
      forward(from)
    end
  end)
  go(function()
    wg:wait()
    merged:close()
  end)
  return merged
end

local shops = { shop { 30, 12 }, shop { 17, 25 }, shop { 11, 40 } }
local count, lowest = 0, math.huge
for price in merge(shops):range() do
  count, lowest = count + 1, math.min(lowest, price)
end
print(count .. " prices, the lowest is " .. lowest)
