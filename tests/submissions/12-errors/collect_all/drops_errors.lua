-- expect: wrong answer
-- Where there is no room, the error is dropped.

local wg = sync.WaitGroup("savers")
local problems = { [2] = "disk full", [4] = "no such page" }
local errs = chan(1, "errs")            -- room for an error

local function save(page)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)
  if problems[page] then
    select {
      told = send(errs, "page " .. page .. ": " .. problems[page]),
      default = true,
    }
  end
end

for page = 1, 4 do
  wg:add(1)
  go(save, page)
end
wg:wait()
errs:close()                            -- nobody sends any more

local saved = 4
for err in errs:range() do
  print(err)
  saved = saved - 1
end
print(saved .. " of 4 pages are saved")
