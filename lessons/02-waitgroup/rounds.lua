-- One WaitGroup for two rounds, one after the other.

local wg = sync.WaitGroup("round")

local function player(name)
  local _ <close> = defer(wg.done, wg)
  time.sleep(#name * time.millisecond)  -- long names think longer
  print("  " .. name .. " has played")
end

for round = 1, 2 do
  print("round " .. round)
  for _, name in ipairs { "Ida", "Ferdinand" } do
    wg:add(1)
    go(player, name)
  end
  wg:wait()                             -- before the next Add
end
