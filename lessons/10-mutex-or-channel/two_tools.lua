-- expect: deadlock
-- Two cooks, one knife, one board, and each cook needs both.

local knife, board = sync.Mutex("knife"), sync.Mutex("board")
local wg = sync.WaitGroup("cooks")

local function cook(name, first, second)
  local _ <close> = defer(wg.done, wg)
  go.name(name)
  first:lock()
  second:lock()
  print(name .. " cuts")
  second:unlock()
  first:unlock()
end

wg:add(2)
go(cook, "ann", knife, board)
go(cook, "ben", board, knife)
wg:wait()
print("dinner")
