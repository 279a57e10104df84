-- review: error handling: red flag: errs: errors were sent, and nobody ever looked
local errs, done = chan(1), chan()
go(function()
  errs:send("broken")
  done:close()
end)
done:recv()
