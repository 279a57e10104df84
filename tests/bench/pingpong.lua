-- Unbuffered round trips.
local there, back = chan(), chan()
go(function()
    for v in there:range() do back:send(v) end
end)
for i = 1, N do
    there:send(i)
    back:recv()
end
there:close()
