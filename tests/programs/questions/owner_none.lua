-- review: channel ownership: red flag: jobs: somebody receives from it for ever
local jobs = chan()
go(function()
  for _ in jobs:range() do end
end)
jobs:send(1)
