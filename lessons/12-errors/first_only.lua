-- expect: leak
-- All three fail.  Main takes the first error, and goes.

local errs = chan(0, "errs")

local function save(page)
  errs:send("page " .. page .. ": disk full")
end

for page = 1, 3 do
  go(save, page)
end
print((errs:recv()))
