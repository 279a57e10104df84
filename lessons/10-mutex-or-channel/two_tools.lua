-- expect: deadlock
-- Two cooks, one knife, one board, and each cook needs both.

local knife, board = sync.Mutex("knife"), sync.Mutex("board")
local wg = sync.WaitGroup("cooks")

local function ann()
  knife:lock()
  board:lock()
  print("ann cuts")
  board:unlock()
  knife:unlock()
  wg:done()
end

local function ben()
  board:lock()
  knife:lock()
  print("ben cuts")
  knife:unlock()
  board:unlock()
  wg:done()
end

wg:add(2)
go(ann)
go(ben)
wg:wait()
print("dinner")
