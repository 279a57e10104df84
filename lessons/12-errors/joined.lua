-- Every saver sends one outcome, good or bad.  Main joins the bad ones.

local full = errors.new("disk full")
local outcomes = chan(3, "outcomes")    -- room for all who send

local function save(page)
  local err
  if page ~= 2 then
    err = errors.wrap(full, "page %d", page)
  end
  outcomes:send { page = page, err = err }
end

for page = 1, 3 do
  go(save, page)
end

local errs = {}
for _ = 1, 3 do
  local outcome = outcomes:recv()
  errs[outcome.page] = outcome.err      -- each in its own place
end
local err = errors.join(errs[1], errs[2], errs[3])
print(err)
if errors.is(err, full) then
  print("make room, and try again")
end
