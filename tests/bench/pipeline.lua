-- Items through 4 stages, unbuffered.
local function stage(input, out)
    for v in input:range() do out:send(v + 1) end
    out:close()
end
local input = chan()
go(function(out)
    for i = 1, N do out:send(i) end
    out:close()
end, input)
for _ = 1, 3 do
    local out = chan()
    go(stage, input, out)
    input = out
end
for _ in input:range() do end
