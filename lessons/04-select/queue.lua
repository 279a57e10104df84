-- A queue without an end: two cases, each of which is sometimes switched off.

local input, output = chan(0, "input"), chan(0, "output")

local function queue()
  local waiting, from = {}, input
  while from or #waiting > 0 do
    local to = #waiting > 0 and output or nil    -- nil: nothing to send
    local case, n, ok = select { put = recv(from), get = send(to, waiting[1]) }
    if case == "get" then
      table.remove(waiting, 1)
    elseif ok then
      table.insert(waiting, n)
    else
      from = nil                                 -- nothing more will come
    end
  end
  output:close()
end

go(queue)
for n = 1, 3 do
  input:send(n)                                  -- never waits for a reader
end
input:close()
for n in output:range() do
  print(n)
end
