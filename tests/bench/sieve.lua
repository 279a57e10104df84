-- The prime sieve: a goroutine for every prime.
local function filter(input, out, prime)
    for v in input:range() do
        if v % prime ~= 0 then out:send(v) end
    end
end
local input = chan()
go(function(out)
    local i = 2
    while true do
        out:send(i)
        i = i + 1
    end
end, input)
for _ = 1, N do
    local prime, out = input:recv(), chan()
    go(filter, input, out, prime)
    input = out
end
os.exit(0)
