-- filesystem.c of the folder above: 2^(N - 13), from 13 on.
local N = 14

local BLOCKS, INODES = 26, 32
local inode_lock, block_lock, inode, busy = {}, {}, {}, {}
local wg = sync.WaitGroup()

for i = 0, INODES - 1 do inode_lock[i] = sync.Mutex() inode[i] = 0 end
for b = 0, BLOCKS - 1 do block_lock[b] = sync.Mutex() busy[b] = false end

local function take_block(i)
  local b = i * 2 % BLOCKS
  while inode[i] == 0 do
    block_lock[b]:lock()
    if not busy[b] then
      busy[b] = true
      inode[i] = b + 1
    end
    block_lock[b]:unlock()
    b = (b + 1) % BLOCKS
  end
end

wg:add(N)
for i = 0, N - 1 do
  go(function()
    inode_lock[i]:lock()
    take_block(i)
    inode_lock[i]:unlock()
    wg:done()
  end)
end
wg:wait()
