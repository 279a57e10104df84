-- expect: passed
-- A server that echoes until SIGTERM at 50 ms: it stops accepting, ends what it is at, and goes.
-- A client every 20 ms: at 0, 20 and 40 it is served, at 60 nobody listens any more.
local busy = sync.WaitGroup()

local function serve(conn)
    local _ <close> = defer(busy.done, busy)
    while true do
        local line, err = conn:read()
        if err == io.EOF then break end
        time.sleep(15 * time.ms) -- so the third answer comes after the signal
        conn:write(line:upper())
    end
    conn:close()
end

local function accept(listener, gone)
    while true do
        local conn, err = listener:accept()
        if err then
            print("server: " .. err)
            break
        end
        busy:add(1)
        go(serve, conn)
    end
    gone:close()
end

local function client(word)
    local conn, err = net.dial("tcp", "shop:80")
    if err then return err end
    conn:write(word)
    local answer = conn:read()
    conn:close()
    return answer .. " at " .. time.now() // time.ms
end

local sigs, gone, clients = chan(1), chan(), sync.WaitGroup()
local listener = net.listen("tcp", "shop:80")
signal.notify(sigs, syscall.SIGTERM)
signal.at(50 * time.ms, syscall.SIGTERM)
go(accept, listener, gone)
clients:add(4)
for i, word in ipairs { "bread", "butter", "jam", "tea" } do
    go(function()
        time.sleep((i - 1) * 20 * time.ms)
        print("client: " .. client(word))
        clients:done()
    end)
end
print("server: " .. sigs:recv())
listener:close()
gone:recv()
busy:wait()
print("server: gone at " .. time.now() // time.ms)
clients:wait()
