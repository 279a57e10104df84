-- expect: passed
-- All at once, each with 20 ms: what the table answers, after what time.
net.world {
    ["http://a"] = {latency = 10 * time.ms, body = "apples"},
    ["http://b"] = {latency = 30 * time.ms, body = "too late"},
    ["http://c"] = {latency = 5 * time.ms, error = "connection reset by peer"},
    ["http://d"] = {{status = 503}, {latency = 15 * time.ms, body = "dates"}},
}
local out, wg = {}, sync.WaitGroup()
local ctx, cancel = context.with_timeout(context.background(), 20 * time.ms)

local function get(url)
    local response, err = net.get(ctx, url)
    if response and response.status == 503 then -- once more
        response, err = net.get(ctx, url)
    end
    return (err or response.body) .. " at " .. time.now() // time.ms
end

for i, name in ipairs { "a", "b", "c", "d", "e" } do
    wg:add(1)
    go(function()
        out[i] = get("http://" .. name)
        wg:done()
    end)
end
wg:wait()
cancel()
for _, line in ipairs(out) do print(line) end
