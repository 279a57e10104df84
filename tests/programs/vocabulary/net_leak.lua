-- expect: leak
-- Nobody closes the listener: the server accepts for ever.
local listener = net.listen("api:80")

go(function()
    while true do
        local conn = listener:accept()
        if not conn then return end
        conn:write("hello")
        conn:close()
    end
end)
local conn = net.dial("api:80")
assert(conn:read() == "hello")
conn:close()
