-- expect: passed
-- A worker every 20 ms until the world sends SIGTERM at 50 ms: then it finishes and says so.
local sigs, quit, gone = chan(1), chan(), chan()

go(function()
    local ticker = time.ticker(20 * time.ms)
    while select { tick = recv(ticker.c), quit = recv(quit) } == "tick" do
        print("tick at " .. time.now() // time.ms)
    end
    ticker:stop()
    print("the worker ends")
    gone:close()
end)
signal.notify(sigs, syscall.SIGINT, syscall.SIGTERM)
signal.at(50 * time.ms, syscall.SIGTERM)
local sig = sigs:recv()
print(sig .. " at " .. time.now() // time.ms)
quit:close()
gone:recv()
