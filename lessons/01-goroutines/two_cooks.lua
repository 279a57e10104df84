-- Two goroutines at once; main waits until both have reported.

local ready = chan(0, "ready")

local function cook(dish, minutes)
  time.sleep(minutes * time.minute)     -- on the fire
  ready:send(dish)
end

go(cook, "soup", 20)                    -- goes on at once, does not wait
go(cook, "rice", 15)

print("first: " .. ready:recv())
print("then: " .. ready:recv())
print("it took " .. time.now() // time.minute .. " minutes")
