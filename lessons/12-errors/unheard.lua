-- Three pages are saved at once.  One of them cannot be.

local wg = sync.WaitGroup("savers")

local function save(page)
  if page == 2 then
    return errors.new("page 2: disk full")
  end
end

for page = 1, 3 do
  wg:add(1)
  go(function()
    local _ <close> = defer(wg.done, wg)
    save(page)                          -- and what it returns?
  end)
end
wg:wait()
print("all saved")
