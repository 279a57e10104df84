-- Items through a select over 4 unbuffered channels.
local a, b, c, d = chan(), chan(), chan(), chan()
local function produce(out)
    for i = 1, N // 4 do out:send(i) end
end
for _, out in ipairs { a, b, c, d } do go(produce, out) end
for _ = 1, N // 4 * 4 do
    select { a = recv(a), b = recv(b), c = recv(c), d = recv(d) }
end
