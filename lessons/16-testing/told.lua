-- The same letter, and a check that is told when it is written.

runtime.GOMAXPROCS(1)

local written = chan(0, "written")

local function writer()
  work(10 * time.millisecond)
  written:close()
end

local function other()
  work(30 * time.millisecond)
end

go(other)
go(writer)

local case = select {
  written = recv(written),
  late = recv(time.after(time.minute)),   -- only so that it ends
}
if case == "late" then                    -- the check
  panic("not written")
end
print("ok: written after " .. time.now() // time.millisecond .. " ms")
