-- expect: wrong answer
-- Page after page: only one is saved at a time.

local wg = sync.WaitGroup("savers")
local problems = { [2] = "disk full", [4] = "no such page" }
local errs = chan(4, "errs")            -- room for all who may send

local function save(page)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)
  if problems[page] then
    errs:send("page " .. page .. ": " .. problems[page])
  end
end

for page = 1, 4 do
  wg:add(1)
  go(save, page)
  wg:wait()
end
errs:close()                            -- nobody sends any more

local saved = 4
for err in errs:range() do
  print(err)
  saved = saved - 1
end
print(saved .. " of 4 pages are saved")
