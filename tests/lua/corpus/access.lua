--// field read
local t = {k = 1, n = {m = {o = 5}}}
print(t.k, t.n.m.o, t["k"], t.n["m"].o, t.missing)
--// field read nil base
local t = {}
print(pcall(function() return t.a.b end))
print(pcall(function() return t.a.b.c end))
print(pcall(function() return t["a"].b end))
print(pcall(function() return t[1].b end))
print(pcall(function() return t[1.5].b end))
print(pcall(function() local i = 3 return t[i].b end))
print(pcall(function() return t[t].b end))
print(pcall(function() return undefinedglobal.b end))
print(pcall(function() local x return x.b end))
print(pcall(function() return (t.q).b end))
print(pcall(function() return (t.q or nil).b end))
print(pcall(function() return t.f().b end))
print(pcall(function() return t:f().b end))
print(pcall(function() return (nil).b end))
print(pcall(function() return (1).b end))
print(pcall(function() return ("x").b end))
print(pcall(function() return (true)[1] end))
--// field write nil base
local t = {}
print(pcall(function() t.a.b = 1 end))
print(pcall(function() t.a.b.c = 1 end))
print(pcall(function() t["a"].b = 1 end))
print(pcall(function() t[1].b = 1 end))
print(pcall(function() undefinedglobal.b = 1 end))
print(pcall(function() local x x.b = 1 end))
print(pcall(function() local x x.b, x.c = 1, 2 end))
print(pcall(function() t[nil] = 1 end))
print(pcall(function() t[0/0] = 1 end))
print(pcall(function() local k t[k], t[1] = 1, 2 end))
print(pcall(function() ("x").y = 1 end))
--// uncaught: index a field
local t = {}
print "before"
t.x.y = 1
--// uncaught: call a field
local t = {}

t.go()
--// uncaught: call a method
local t = {}
t:go()
--// uncaught: upvalue
local t
local function f() return t.x end

f()
--// uncaught: assigned upvalue
local t
local function f()
  return t.x
end
t = nil
f()
--// uncaught: arithmetic on an assigned upvalue
local n
local function f()
  n = n + 1
end
f()
--// uncaught: global assigned
function start() count = count + 1 end
start()
--// uncaught: several lines
local t = {a = {}}
local v = t
  .a
  .b
  .c
--// uncaught: several lines, write
local t = {a = {}}
t
  .a
  .b
  .c
  =
  1
--// uncaught: several lines, operator
local t = {a = {}}
print(t.a.b.c
  + 1)
--// uncaught: several lines, call
local t = {a = {}}
print(
  t.a.b.c,
  2)
--// uncaught: several lines, call end
local t = {a = {}}
print(
  1, t.a.b.c
  )
--// uncaught: index key nested
local t = {a = {}}
print(t.a[t.b.c
  ])
--// uncaught: length
local t = {}
print(#t.a)
--// uncaught: length of upvalue
local q
local function f() return #q end
f()
--// uncaught: length with line
local t = {}
print(1 +
  #t
  .a)
--// length of things
local t = {1, 2, 3}
local s = "hello"
print(#t, #s, #"abc", #{1, 2}, #(t), #t + 1, #t^2, -#t, not #t, #t == 3, #t .. "x")
print(#setmetatable({}, {__len = function() return 42 end}))
print(pcall(function() return #5 end))
print(pcall(function() return #nil end))
print(pcall(function() local x = 1 return #x end))
--// index metamethods
local log = {}
local t = setmetatable({}, {
  __index = function(t, k) log[#log + 1] = "get " .. tostring(k) return k end,
  __newindex = function(t, k, v) log[#log + 1] = "set " .. tostring(k) rawset(t, k, v) end,
})
print(t.a, t[1], t["x y"], t[1 + 1], t[t.b])
t.a = 1 t[1] = 2 t[1 + 1] = 3
t.b, t.c = 4, 5
print(table.concat(log, ","))
--// index chain of tables
local a = {x = 1}
local b = setmetatable({y = 2}, {__index = a})
local c = setmetatable({z = 3}, {__index = b})
local k = "x"
print(c.x, c.y, c.z, c.w, c[k .. ""], c["y" .. ""], c["w" .. ""])
--// index chain to a string
local c = setmetatable({}, {__index = "abc"})
print(c.len == string.len, c["l" .. "en"]("four"))
--// yields in metamethods
local t = setmetatable({}, {
  __index = function(t, k) return coroutine.yield(k) end,
  __newindex = function(t, k, v) coroutine.yield(v) end,
})
local co = coroutine.wrap(function()
  local a = t.first
  local b = t["sec" .. "ond"]
  t.third = 3
  t[t.x] = 4
  return a + b
end)
print(co(), co(10), co(20), co(), co("key"), co())
--// evaluation order of reads
local log = {}
local function l(x) log[#log + 1] = x return setmetatable({}, {__index = function(_, k) log[#log+1] = "i" .. tostring(k) return l and {} end}) end
local _ = l("a")[l("b") and "k"], l("c").x, l("d")[1]
print(table.concat(log, " "))
--// evaluation order of writes
local log = {}
local mt = {__newindex = function(t, k, v) log[#log + 1] = "w" .. k .. v end}
local function tab(n) log[#log + 1] = "t" .. n return setmetatable({}, mt) end
local function key(n) log[#log + 1] = "k" .. n return n end
local function val(n) log[#log + 1] = "v" .. n return n end
tab(1)[key(1)] = val(1)
tab(2).x = val(2)
tab(3)[key(3)], tab(4).y, tab(5)[key(5)] = val(3), val(4), val(5)
print(table.concat(log, " "))
--// string keys that need quoting
local t = {}
t["a b"] = 1 t['c"d'] = 2 t["e\nf"] = 3 t[ [[g]] ] = 4 t[ [==[h]]i]==] ] = 5
t["multi\
line"] = 6
t[ [[
long
lines]] ] = 7
print(t["a b"], t['c"d'], t["e\nf"], t[ [[g]] ], t.g, t[ [==[h]]i]==] ], t["multi\
line"], t[ [[
long
lines]] ])
print(debug.getinfo(1, "l").currentline)
--// numeric keys
local t = {}
t[1] = "a" t[-1] = "b" t[0x10] = "c" t[1.5] = "d" t[1e2] = "e" t[-0x1p4] = "f" t[2^53] = "g"
print(t[1], t[-1], t[16], t[1.5], t[100], t[-16], t[2^53], t[- 1], t[-(1)])
--// boolean and nil keys
local t = {[true] = 1, [false] = 2}
print(t[true], t[false], t[nil])
t[true] = t[false]
print(t[true])
--// chains of calls
local o = {n = 0}
function o:add(n) self.n = self.n + n return self end
function o.make(n) return o end
print(o:add(1):add(2):add(3).n, o.make(3).n, o.make"x".n, o.make{1}.n, o["make"](2):add(1)["n"])
--// calls with string and table arguments
local t = {f = function(x) return type(x) end, g = {h = function(x) return x end}}
print(t.f"s", t.f's', t.f[[s]], t.f{}, t.g.h"q", t.g.h[[q]], t["f"]"x", (t.f)"x")
--// parentheses truncate
local function f() return 1, 2, 3 end
local t = {f = f}
print((f()), (t.f()), t.f())
print(#{t.f()}, #{(t.f())}, #{t.f(), t.f()})
--// varargs
local function f(...) local a, b = ... return select('#', ...), a, b, ... end
print(f(), f(1), f(1, nil, 3), (f(1, 2)))
local t = {f = f}
t.a, t.b, t.c = f(7, 8)
print(t.a, t.b, t.c)
print(...)
local x, y = ...
print(x, y, select('#', ...))
return ...
--// return values of the chunk
local t = {a = 1}
return t.a, #t, t.b, (t.a)
--// ipairs and pairs
local t = {10, 20, 30}
for i, v in ipairs(t) do t[i] = v + 1 end
for i = 1, #t do io = io; t[i] = t[i] * 2 end
print(table.concat(t, " "))
--// table functions
local t = {}
for i = 1, 5 do table.insert(t, i * i) end
table.insert(t, 1, 0)
print(table.remove(t), table.remove(t, 1), #t, table.concat(t, ","), table.unpack(t))
table.sort(t, function(a, b) return a > b end)
print(table.concat(t, ","), select("#", table.unpack(t, 1, 10)))
--// nested tables, counters
local stats = {hits = 0, by = {}}
for i = 1, 10 do
  stats.hits = stats.hits + 1
  stats.by[i % 3] = (stats.by[i % 3] or 0) + i
end
print(stats.hits, stats.by[0], stats.by[1], stats.by[2])
--// arguments error names
local t = {}
print(pcall(function() string.rep() end))
print(pcall(function() ("x"):rep({}) end))
print(pcall(function() local s = string s.rep() end))
print(pcall(function() t.insert = table.insert t.insert(1, 2) end))
print(pcall(function() setmetatable(1, 2) end))
--// field of library
print(string.format("%d", 3), math.max(1, 2), math.pi > 3, table.concat({1, 2}))
math.triple = function(x) return 3 * x end
print(math.triple(4))
