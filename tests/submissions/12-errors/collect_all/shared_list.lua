-- expect: race
-- One list for all, and no lock.

local wg = sync.WaitGroup("savers")
local problems = { [2] = "disk full", [4] = "no such page" }
local errs = {}

local function save(page)
  local _ <close> = defer(wg.done, wg)
  time.sleep(10 * time.millisecond)
  if problems[page] then
    errs[#errs + 1] = "page " .. page .. ": " .. problems[page]
  end
end

for page = 1, 4 do
  wg:add(1)
  go(save, page)
end
wg:wait()

local saved = 4
for _, err in ipairs(errs) do
  print(err)
  saved = saved - 1
end
print(saved .. " of 4 pages are saved")
