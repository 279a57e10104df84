-- expect: leak
-- Fan-out: each stage listens to ctx as it receives, but not as it sends on its own output.
local ctx, cancel = context.with_cancel(context.background())
local input = chan(2, "input")

local function stage()
  local out = chan(0, "out")
  go(function()
    while true do
      local case, n, ok = select { n = recv(input), done = recv(ctx:done()) }
      if case == "done" or not ok then break end
      out:send(n + 1)
    end
    out:close()
  end)
  return out
end

input:send(1)
input:send(2)
input:close()
local first, second = stage(), stage()
select { one = recv(first), two = recv(second) }
cancel()
