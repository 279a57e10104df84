-- A loop over locals: nothing to tell anybody.
local sum = 0
for i = 1, N do sum = sum + i % 7 end
