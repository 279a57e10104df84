--// a function that closes keeps its parameters, varargs and results
local recover = recover
local function note(what) return setmetatable({}, {__close = function() print("close", what) end}) end
local function f(a, b, ...)
  local _ <close> = note(a)
  a = a .. "!"
  return a, b, select("#", ...), ...
end
print(f("x", nil, 1, nil))
print((f("y")))
--// methods, and functions in functions
local recover = recover
local o = {v = 2}
function o:m(n)
  local _ <close> = setmetatable({}, {__close = function() self.v = self.v * n end})
  return self.v, function() local _ <close> = nil return self.v end
end
local v, g = o:m(5)
print(v, g(), o.v)
--// errors name their line and their variables
local recover = recover
local function bad(t)
  local _ <close> = nil
  return t.x.y
end
print(pcall(bad, {}))
print(pcall(bad))
print(pcall(function(n) local _ <close> = nil return n + 1 end))
--// goto, break, loops and early returns
local recover = recover
local function find(list, wanted)
  for i = 1, #list do
    local _ <close> = setmetatable({}, {__close = function() print("end", i) end})
    if list[i] == wanted then return i end
    if list[i] == "skip" then goto continue end
    if list[i] == "stop" then break end
    print("looked at", list[i])
    ::continue::
  end
  return "no"
end
print(find({"a", "skip", "b"}, "b"), find({"a", "stop", "b"}, "b"))
--// recursion, and captured variables that are assigned
local recover = recover
local total = 0
local function down(n)
  local _ <close> = setmetatable({}, {__close = function() total = total + n end})
  if n == 0 then return 0 end
  return 1 + down(n - 1)
end
print(down(20), total)
--// in a coroutine, with a yield in between
local recover = recover
local co = coroutine.wrap(function(a)
  local _ <close> = setmetatable({}, {__close = function() print("closed") end})
  local b = coroutine.yield(a + 1)
  return b * 2
end)
print(co(1), co(5))
