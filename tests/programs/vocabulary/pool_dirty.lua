-- expect: wrong answer
-- What comes back from a Pool is as it was put.

local pool = sync.Pool{new = function() return {} end}

local b = pool:get()
b[1] = "secret"
pool:put(b)
b = pool:get()
assert(#b == 0, "somebody else's bytes")
