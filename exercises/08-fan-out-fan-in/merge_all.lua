-- Three shops name two prices each, and a merge brings them all into one
-- channel, so that main can look for the lowest.
--
-- merge starts a forwarder for each shop, and closes the merged channel.
--
-- Your task: close it when the last forwarder is done, and not before.

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

  local function forward(from)
    for price in from:range() do
      merged:send(price)
    end
  end

  for _, from in ipairs(shops) do
    go(forward, from)
  end
  merged:close()                        -- is it time?
  return merged
end

local shops = { shop { 30, 12 }, shop { 17, 25 }, shop { 11, 40 } }
local count, lowest = 0, math.huge
for price in merge(shops):range() do
  count, lowest = count + 1, math.min(lowest, price)
end
print(count .. " prices, the lowest is " .. lowest)
