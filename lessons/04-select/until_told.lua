-- A goroutine that does something now and then, until it is told to stop.

local quit, count = chan(0, "quit"), chan(0, "count")

local function heartbeat()
  local ticker = time.ticker(10 * time.millisecond)
  local _ <close> = defer(ticker.stop, ticker)
  local beats = 0
  while true do
    local case = select { tick = recv(ticker.c), quit = recv(quit) }
    if case == "quit" then break end
    beats = beats + 1
  end
  count:send(beats)
end

go(heartbeat)
time.sleep(35 * time.millisecond)
quit:close()                            -- everybody who listens hears it
print(count:recv() .. " beats")
