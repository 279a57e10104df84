-- expect: leak
-- Two workers, one of them found it, and main has gone.

local found = chan(0, "found")

local function searcher(drawer, ms)
  time.sleep(ms * time.millisecond)
  found:send("the key is in the " .. drawer .. " drawer")
end

go(searcher, "upper", 10)
go(searcher, "lower", 20)
print((found:recv()))                   -- one key is enough
