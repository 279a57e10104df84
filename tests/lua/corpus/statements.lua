--// swap
local a, b = 1, 2
a, b = b, a
print(a, b)
local t = {1, 2, 3}
t[1], t[2], t[3] = t[3], t[1], t[2]
print(t[1], t[2], t[3])
--// swap of shared
local a, b = 1, 2
local function swap() a, b = b, a end
swap() print(a, b) swap() print(a, b)
--// i, a[i]
local i, a = 1, {}
i, a[i] = i + 1, 20
print(i, a[1], a[2])
local t = {x = 1}
local u = t
t.x, t = 5, {}
print(u.x, t.x)
--// i, a[i] shared
local i, a = 1, {}
local function f() i, a[i] = i + 1, 20 end
f()
print(i, a[1], a[2])
--// more targets than values
local t = {c = 1}
t.a, t.b, t.c = 1, 2
print(t.a, t.b, t.c)
t.a, t.b = nil
print(t.a, t.b)
--// more values than targets
local t = {}
local function f(x) print("f", x) return x, x end
t.a, t.b = f(1), f(2), f(3)
t.c = f(4), f(5)
t.d = (f(6))
local x = f(7), f(8)
print(t.a, t.b, t.c, t.d, x)
--// last value is expanded
local function f() return 1, 2, 3 end
local t = {}
t.a, t.b, t.c, t.d = 0, f()
print(t.a, t.b, t.c, t.d)
t.a, t.b = f(), 10
print(t.a, t.b)
t.a, t.b = (f())
print(t.a, t.b)
local a, b = 0
local function g() a, b = f() end g()
print(a, b)
local function h(...) a, b = ... end h(8, 9, 10)
print(a, b)
--// mixed targets
local l, s, t = 1, 2, {u = {}}
local function f() s = 3 end
G1, l, s, t.x, t.u.y, t[1], t["a" .. "b"] = 1, 2, 3, 4, 5, 6, 7
print(G1, l, s, t.x, t.u.y, t[1], t.ab)
--// globals
x = 1
function inc() x = x + 1 return x end
print(inc(), inc(), x)
x, y = 5, x
print(x, y)
_G.z = 7
print(z, _G.x, _G["y"])
--// global functions
function f(n) if n == 0 then return 0 end return g(n - 1) + 1 end
function g(n) return f(n) end
print(f(5))
f = nil
print(pcall(g, 1))
--// global function redefined in a function
function setup() function helper() return "helped" end end
setup()
print(helper())
--// global errors keep their names
function reset() v = nil end
reset()
print(pcall(function() return v + 1 end))
print(pcall(function() return v.x end))
print(pcall(function() v.x = 1 end))
print(pcall(function() v() end))
print(pcall(function() return v .. "" end))
print(pcall(function() return #v end))
print(pcall(function() v:m() end))
print(pcall(function() undefined() end))
print(pcall(function() return undefined + 1 end))
--// _ENV
local function f() local _ENV = {print = print, x = 1} x = x + 1 print(x) return _ENV end
print(f().x, x)
local _ENV <const> = setmetatable({}, {__index = _G})
y = 5
print(y, _G.y, _ENV.y)
--// _ENV as a parameter
local p = print
local function f(_ENV, v) a = v b = a p(a, b) end
local e = {}
f(e, 3)
print(e.a, e.b)
--// _ENV captured and assigned
local p = print
local _ENV = {x = 1}
local function f() x = x + 1 return x end
p(f(), x)
_ENV = {x = 10}
p(f(), x)
--// _ENV is nil
print(pcall(function() local _ENV = nil return x end))
print(pcall(function() local _ENV = nil x = 1 end))
print(pcall(function() _ENV = nil return y end))
--// global library assigned
local keep = print
print = function(...) keep("mine", ...) end
print(1)
print = keep
string.double = function(s) return s .. s end
print(string.double("ab"), ("cd"):double())
--// strict globals
setmetatable(_G, {__index = function(_, k) error("undeclared " .. k, 2) end,
  __newindex = function(t, k, v) rawset(t, k, v) end})
a = 1
print(a)
print(pcall(function() return b end))
--// semicolons
;;; local t = {}; t.a = 1; ; t.b = 2;
print(t.a, t.b);
do ; end
return ;
--// a parenthesis begins a statement
local f = function() print("called") end
local t = {}
t.x = 1
(f)()
local n
(f)()
local m = 1
(f)()
n = "s"
(f)()
t.y = #"abc"
(f)()
t.z = {}
(f)()
t.w = function() end
(f)()
t.v = ...
(f)()
t.u = t.x .. "s"
(f)()
t.q = -1
(f)()
local function g() n = m m = n end
(f)()
--// a parenthesis begins a statement, boxed
local f = function() print("called") end
local n
(f)()
local m = 1
(f)()
local function g() n, m = 1, 2 end
(f)()
n = 5
(f)()
function n() end
(f)()
function h() end
(f)()
h = 1
(f)()
n, m = 1, 2
(f)()
print(n, m)
--// call statements
local t = {f = function(x) print("f", type(x)) end, g = {m = function(self, x) print("m", x) end}}
t.f() t.f(1, 2) t.f"s" t.f{} t.g:m(1) t.g:m"x" ; (t.f)(3) ; (t).g:m(4)
t["f"](5) t["f"]{}
--// while with break
local n = 0
local function f() n = n + 1 return n end
while true do if f() > 3 then break end end
while n < 10 do n = n + 2 end
print(n)
--// repeat sees locals
local i = 0
repeat
  local j = i * i
  local g = function() j = j + 1 return j end
  i = i + 1
until g() > 10 or j > 10
print(i)
--// numeric for
for i = 3, 1, -1 do print(i) end
for i = 1.0, 2 do print(i) end
for i = 1, 0 do print("never") end
for i = math.maxinteger - 1, math.maxinteger do print(i) end
print(pcall(function() for i = 1, 10, 0 do end end))
print(pcall(function() for i = "a", 10 do end end))
print(pcall(function() local t = {} for i = t.x, 10 do end end))
--// generic for
local function iter(t) local i = 0 return function() i = i + 1 return t[i] end end
for v in iter{1, 2, 3} do print(v) end
for k, v in next, {10} do print(k, v) end
for k, v in pairs(setmetatable({}, {__pairs = function(t) return next, {x = 1}, nil end})) do print(k, v) end
print(pcall(function() for x in nil do end end))
print(pcall(function() local t = {} for x in t.iter do end end))
--// generic for with a closing value
local function it() return function(_, i) i = (i or 0) + 1 if i < 3 then return i end end, nil, nil,
  setmetatable({}, {__close = function() print("closed") end}) end
for i in it() do print(i) end
for i in it() do break end
--// operators
print(7 // 2, 7 % 3, -7 // 2, -7 % 3, 7 / 2, 2 ^ 10, 7.5 // 2, 1 << 4, 256 >> 4, 5 & 3, 5 | 3, 5 ~ 3, ~5)
print(1 .. 2, "a" .. "b" .. "c", 2 ^ 3 ^ 2, -2 ^ 2, not nil == true, 1 < 2, 1 <= 1, 2 > 1, 2 >= 3, 1 ~= 2)
print(1 and 2, nil and 1, false or 3, nil or false, 1 or error("x"), (1 or 2) and 3)
--// operators on fields
local t = {a = 7, b = 2, s = "x", n = {v = 3}}
print(t.a // t.b, t.a % t.b, t.a / t.b, t.b ^ t.b, t.a << t.b, t.a & t.b, t.a | t.b, t.a ~ t.b, ~t.a, -t.a)
print(t.s .. t.a .. t.s, not t.z, t.a == t.b, t.a ~= t.b, t.a < t.b, t.z and t.a or t.b, -t.n.v ^ 2, #t.s + t.n.v)
--// operator errors
local t = {a = 1, n = {}}
print(pcall(function() return t.x + 1 end))
print(pcall(function() return 1 + t.x end))
print(pcall(function() return t.a .. t.x end))
print(pcall(function() return t.a < t.n end))
print(pcall(function() return t.n < t.n end))
print(pcall(function() return t.a & 1.5 end))
print(pcall(function() return -t.n end))
print(pcall(function() return t.a // 0 end))
print(pcall(function() return t.n.f() end))
print(pcall(function() return t.n:f() end))
print(pcall(function() t.n.f.g() end))
print(pcall(function() return t["a b"]() end))
--// strings and numbers
print('a\65\x42\u{43}\z
   d', "\"'", '\'"', [[x
y]], [==[a]]b]=]c]==], #[[
skip first]])
print(0xff, 0xA.8p1, 1e3, .5, 3., 0x.1p4, 1e-2, 3e+2, 0xep1, 9007199254740993, 0xffffffffffffffff)
--// comments
local t = {} -- comment
--[[ long
comment ]] t.a = 1 --[==[ another ]] ]==] t.b --[[x]] = --[[y]] 2 -- end
--[=[
]]
]=]
t --c
. --d
c --e
= --f
3 --g
print(t.a, t.b, t.c, t --[[x]] . --[[y]] a, t[--[[z]]"b"--[[w]]])
--// last line is a comment
local t = {n = 1}
print(t.n) -- no newline at the end
--// carriage returns
local t = {}
print(pcall(function() t.a.b = 1 end))
print(pcall(function()


  return t.x.y end))
--// functions in fields
local M = {}
M.f = function(self, x) return x end
M["g"] = function() return M:f(1) end
function M.h() return M.g() + 1 end
function M:i() return self.h() + 1 end
print(M:i(), M.g(), M["h"]())
--// classes
local A = {} A.__index = A
function A.new(x) return setmetatable({x = x, count = 0}, A) end
function A:get() self.count = self.count + 1 return self.x end
local B = setmetatable({}, {__index = A}) B.__index = B
function B.new(x) local o = A.new(x) return setmetatable(o, B) end
function B:get() return A.get(self) * 2 end
local a, b = A.new(5), B.new(6)
print(a:get(), b:get(), a.count, b.count, b:get(), b.count)
--// metamethods
local V = {}
V.__index = V
V.__add = function(a, b) return setmetatable({x = a.x + b.x}, V) end
V.__eq = function(a, b) return a.x == b.x end
V.__lt = function(a, b) return a.x < b.x end
V.__le = function(a, b) return a.x <= b.x end
V.__call = function(self, y) return self.x + y end
V.__concat = function(a, b) return "cat" end
V.__len = function(a) return a.x end
V.__unm = function(a) return setmetatable({x = -a.x}, V) end
V.__tostring = function(a) return "V" .. a.x end
V.__name = "Vector"
local a, b = setmetatable({x = 1}, V), setmetatable({x = 2}, V)
local t = {a = a, b = b}
print((t.a + t.b).x, t.a == t.b, t.a < t.b, t.a <= t.b, t.a(10), t.a .. t.b, #t.b, (-t.a).x, tostring(t.a))
print(pcall(function() return t.a.zz.y end))
print(pcall(function() return t.a * 2 end))
--// __name in messages
local t = {u = setmetatable({}, {__name = "Thing", __index = false})}
print(pcall(function() return t.u + 1 end))
print(pcall(function() return io.stdout.x.y end))
--// long brackets as keys
local t = {}
t[ [[a]] ], t[ [=[b]=] ] = 1, 2
t[ [[c]] ] = t[ [[a]] ] + t[ [=[b]=] ]
t[ [[d]] ]=3 t["e"]=4
print(t.a, t.b, t.c, t.d, t.e)
--// no blank where a word is put in
local t = {m = {}}
local function f() return t end
local x(f)().a = 1
local y(f)().m.b, t.c = 2, 3
t.m.d="s"local z = t.m.d;
print(t.a, t.m.b, t.c, t.m.d, z, x, y)
if true then(f)().q=1 else(f)().q=2 end print(t.q)
