--// counter closure
local function counter() local n = 0 return function() n = n + 1 return n end end
local a, b = counter(), counter()
print(a(), a(), b(), a(), b())
--// shared between closures
local n = 0
local function inc() n = n + 1 end
local function get() return n end
inc() inc() print(get(), n)
n = 10 inc() print(get(), n)
--// a fresh variable in each iteration
local fs = {}
for i = 1, 3 do
  local x = i * 10
  fs[#fs + 1] = function() x = x + 1 return x end
end
print(fs[1](), fs[1](), fs[2](), fs[3]())
--// for variable captured and assigned
local fs = {}
for i = 1, 4 do
  i = i * 2
  fs[#fs + 1] = function() i = i + 1 return i end
  if i > 5 then break end
end
print(#fs, fs[1](), fs[1](), fs[2](), fs[3]())
--// generic for variables captured and assigned
local fs = {}
for k, v in ipairs{"a", "b", "c"} do
  k = k + 100
  fs[#fs + 1] = function() v = v .. "!" k = k + 1 return k, v end
end
print(fs[1]()) print(fs[1]()) print(fs[3]())
--// while and repeat
local fs, i = {}, 0
while i < 3 do
  i = i + 1
  local j = i
  fs[i] = function() j = j + i return j end
end
repeat
  local done = i > 5
  i = i + 1
  fs[#fs + 1] = function() done = not done return done end
until done
print(i, #fs, fs[1](), fs[2](), fs[4](), fs[#fs]())
--// parameters captured and assigned
local function f(a, b, ...)
  local n = select("#", ...)
  local function g() a = a + 1 b = nil n = n + 1 return a, b, n end
  a = a * 2
  return g
end
local g = f(5, "b", 1, 2, 3)
print(g()) print(g())
--// self captured and assigned
local o = {v = 1}
function o:m(x)
  local function g() self = {v = (self.v or 0) + x} return self.v end
  g()
  return g(), self.v
end
print(o:m(5), o.v)
--// self of a dotted path
local a = {b = {c = {}}}
function a.b.c:m(...) self.n = ... return self, ... end
function a.b.f(x) return x end
print(select("#", a.b.c:m(1, 2)), a.b.c.n, a.b.f(3))
--// method without parameters
local o = {}
function o:m() return self == o end
function o.f() return true end
function o:v(...) return self == o, ... end
print(o:m(), o.f(), o:v(1, 2))
--// recursive local function
local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end
print(fact(10))
--// forward declaration
local odd
local function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(10), odd(10))
--// forward declaration by assignment
local f
f = function(n) return n == 0 and 0 or 1 + f(n - 1) end
print(f(5))
--// a local function assigned later
local function f() return 1 end
local function g() return f() end
print(g())
f = function() return 2 end
print(g())
local function h() f = nil end
h()
print(pcall(g))
--// local function that replaces itself
local function once() once = function() return "again" end return "first" end
print(once(), once(), once())
--// shadowing
local x = 1
local function a() x = x + 1 return x end
local x = 100
local function b() x = x + 1 return x end
do local x = 1000 a() x = x + 1 print(x) end
print(a(), b(), x)
--// local x = x
local x = 5
local function f() x = x + 1 end
local x = x
f()
print(x)
local x, y = x, x
local function g() x, y = y, x + y end
g() g()
print(x, y)
--// a name twice in one declaration
local a, a = 1, 2
local function f() a = a + 1 return a end
print(f(), a)
local function g(b, b) local function h() b = b + 1 end h() return b end
print(g(1, 10))
--// declared without a value
local n
local function f() n = (n or 0) + 1 end
f() f()
print(n)
local p, q
(function() p, q = 1, 2 end)()
print(p, q)
--// attributes
local k <const> = 5
local f
do
  local c <close> = setmetatable({}, {__close = function() print("closed") end})
  local n = 0
  f = function() n = n + k return n, c ~= nil end
end
print(f()) print(f())
--// attributes, several
local a <const>, b, c <const> = 1, 2, 3
local function f() b = b + a + c return b end
print(f(), f(), a, b, c)
--// close with an error
print(pcall(function()
  local n = 0
  local x <close> = setmetatable({}, {__close = function(_, e) n = n + 1 print("closing", n, e) end})
  local y <close> = nil
  local g = function() n = n + 5 end
  g()
  error("oops")
end))
--// goto continue
for i = 1, 5 do
  local n = i
  local function bump() n = n + 1 return n end
  if i % 2 == 0 then goto continue end
  print(bump(), n)
  ::continue::
end
--// goto back
local i = 1
local fs = {}
::top::
local v = i
fs[#fs + 1] = function() v = v + 1 return v end
i = i + 1
if i <= 3 then goto top end
print(fs[1](), fs[1](), fs[2](), fs[3](), i)
--// goto back over an early assignment
local n = 0
local fs = {}
do
  local k = 0
  ::again::
  n = n + 1
  k = n
  fs[#fs + 1] = function() return k end
  if n < 3 then goto again end
end
print(fs[1](), fs[2](), fs[3]())
--// goto nested
for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then goto next_i end
    print(i, j)
  end
  ::next_i::
end
do goto done end
local unreached = 1
::done::
--// label at the end with a boxed local
do
  goto out
  local n = 1
  local f = function() n = 2 end
  ::out::
end
print "ok"
--// nested functions
local n = 0
local function a() local m = 0 return function() m = m + 1 return function() n = n + m return n, m end end end
local b = a()
print(b()()) print(b()()) print(n)
--// assigned before captured
local n = 0
n = n + 1
n = n + 1
local function f() return n end
print(f(), n)
--// assigned in a loop before captured
local fs = {}
local n = 0
for i = 1, 3 do
  n = n + 1
  fs[i] = function() return n end
end
print(fs[1](), fs[2](), fs[3]())
--// coroutines
local n = 0
local co = coroutine.wrap(function() while true do n = n + 1 coroutine.yield(n) end end)
print(co(), co(), co(), n)
--// upvalue of upvalue in a loop with break
local found
for _, v in ipairs{3, 7, 9} do
  local hit = v > 5
  local check = function() if hit then found = v end hit = false end
  check()
  if found then break end
end
print(found)
--// if, elseif
local n = 2
local function set(v) n = v end
if n == 1 then set(10) elseif n == 2 then set(20) local n = 5 set(n * 10) else set(30) end
print(n)
--// numeric for limits use the variable
local n = 3
local function f() n = n + 1 return n end
for i = n, f() + n, n - 3 do print(i) end
--// generic for over an assigned iterator
local iter = function(_, i) if i < 3 then return i + 1 end end
local function change() iter = nil end
for i in iter, nil, 0 do print(i) change() end
print(iter)
--// boxed in a table constructor
local n = 1
local function f() n = n + 1 return n end
local t = {n, f(), n, k = n, [n] = f(), f()}
print(t[1], t[2], t[3], t.k, t[n - 1], t[4], n)
--// boxed called, indexed, concatenated
local f, t, s, n = function(x) return x end, {k = {1, 2}}, "s", 2
local function set() f, t, s, n = f, t, s .. "!", n + 1 end
set()
print(f(1), f"x", f{1}[1], t.k[1], t["k"][2], t.k[n - 1], #t.k, s .. s, -n, not n, n ^ 2, n == 3, s:upper(), (f)(2))
t.k[n] = n t.z, t.k = n, s
print(t.k, t.z)
--// boxed: errors keep their names
local n, s, f
local function set() n, s, f = nil, nil, nil end
set()
print(pcall(function() return n + 1 end))
print(pcall(function() return s .. "x" end))
print(pcall(function() f() end))
print(pcall(function() return n.x end))
print(pcall(function() n.x = 1 end))
print(pcall(function() return #s end))
print(pcall(function() return f.x.y end))
print(pcall(function() f:m() end))
print(pcall(function() return -n end))
print(pcall(function() return n < 1 end))
print(pcall(function() return ~n end))
print(pcall(function() return n | 1 end))
--// boxed local, in its own function: errors
local function g()
  local n
  local function set() n = nil end
  set()
  return n + 1
end
print(pcall(g))
local function h()
  local n
  local function set() n = nil end
  return n.x
end
print(pcall(h))
--// float has no integer representation
local n = 1.5
local function set() n = 2.5 end
set()
print(pcall(function() return n | 1 end))
print(pcall(function() return 1 << n end))
--// block scoping and shadowed parameters
local function f(n)
  local g = function() n = n + 1 return n end
  do local n = 100 g() n = n + 1 print(n) end
  return n
end
print(f(1))
