--// empty
--// only a return
return
--// return with a semicolon
return 1, 2;
--// return of nothing with a semicolon
return;
--// nested blocks
do do do local a = {b = 1} do a.b = a.b + 1 end print(a.b) end end end
--// while, nested, break
local t = {i = 0, j = 0}
while t.i < 3 do
  t.i = t.i + 1
  t.j = 0
  while true do
    t.j = t.j + 1
    if t.j > t.i then break end
  end
end
print(t.i, t.j)
--// repeat with a field in the condition
local t = {n = 0}
repeat t.n = t.n + 1 until t.n >= 3 or t.stop
print(t.n)
--// if chains on fields
local t = {k = "b"}
for _, k in ipairs{"a", "b", "c", "d"} do
  t.k = k
  if t.k == "a" then print("A")
  elseif t.k == "b" then print("B")
  elseif t.k == "c" then print("C")
  else print("other") end
end
--// if without else
local t = {on = true}
if t.on then t.on = nil end
if t.on then print("on") end
if not t.on then print("off") end
--// numeric for over fields
local t = {from = 1, to = 5, by = 2}
for i = t.from, t.to, t.by do io = io; print(i) end
for i = #t, t.to do print(i) break end
--// generic for over fields
local t = {list = {4, 5}, f = ipairs}
for i, v in t.f(t.list) do print(i, v) end
for i, v in ipairs(t.list) do t.list[i] = v * 2 end
print(t.list[1], t.list[2])
--// for with many variables
local function it() local n = 0 return function() n = n + 1 if n < 3 then return n, n * 2, n * 3, n * 4 end end end
for a, b, c, d, e in it() do
  local f = function() b = b + 1 return b end
  print(a, f(), c, d, e, b)
end
--// functions with every sort of parameters
local function a() return "a" end
local function b(x) return x end
local function c(x, y) return y, x end
local function d(...) return ... end
local function e(x, ...) return x, ... end
print(a(), b(1), c(1, 2), d(1, 2, 3), e(1, 2, 3))
print((function() end)(), (function(...) return select("#", ...) end)(nil, nil))
--// function expressions everywhere
local t = {function() return 1 end, k = function() return 2 end, [3] = function() return 3 end}
print(t[1](), t.k(), t[3](), (function() return 4 end)())
print(pcall(function() return (function() return t.nothing.x end)() end))
--// immediately called, with captured parameters
local r = (function(n) local function g() n = n * 2 return n end return g() + n end)(5)
print(r)
--// precedence with fields
local t = {a = 2, b = 3, c = 4}
print(t.a + t.b * t.c, (t.a + t.b) * t.c, t.a ^ t.b ^ t.a, -t.a ^ t.b, not t.a == t.b)
print(t.a .. t.b .. t.c, t.a < t.b == true, t.a + t.b .. "", #"x" + t.a, -t.a + t.b)
print(t.a & t.b | t.c ~ t.a << 1, ~t.a & 7, t.a // t.b, t.c % t.b, t.c / t.a)
print(t.a and t.b or t.c, t.x and t.b or t.c, not not t.x, (t.x or t.a) == t.a)
--// unary chains
local t = {n = 5, s = "abc", b = false}
print(- - t.n, not not t.b, -(-t.n), ~ ~ t.n, #t.s, - #t.s, not #t.s, -t.n ^ 2)
--// comparison chains in parentheses
local t = {n = 5}
print((t.n > 3) == true, (t.n < 3) ~= true, (t.n >= 5) and (t.n <= 5))
--// short circuit does not evaluate
local log = {}
local function f(x) log[#log + 1] = x return x end
local t = {no = false, yes = true}
local _ = t.no and f(1)
_ = t.yes or f(2)
_ = t.yes and f(3)
_ = t.no or f(4)
_ = (t.no and f(5)) or (t.yes and f(6)) or f(7)
print(table.concat(log, ","))
--// table constructors of every form
local function two() return 1, 2 end
local t = {1, 2; 3, k = 4, ["a b"] = 5, [10] = 6, two(), two()}
print(#t, t[4], t[5], t[6], t.k, t["a b"], t[10])
local u = {two(), (two()), two(), n = two()}
print(#u, u.n)
local v = {{{}}, {x = {y = {}}},}
print(#v, #v[1], #v[1][1], #v[2].x.y)
local w = {[t.k] = t[1], [t[2] + 1] = u.n, [#u] = "len"}
print(w[4], w[3])
--// table constructors with captured variables
local n = 0
local function next_() n = n + 1 return n end
local t = {next_(), next_(), n, a = next_(), b = n, [n] = "k"}
print(t[1], t[2], t[3], t.a, t.b)
--// long chains
local a = {} a.b = {} a.b.c = {} a.b.c.d = {} a.b.c.d.e = {} a.b.c.d.e.f = {}
a.b.c.d.e.f.g = 7
a["b"].c["d"].e["f"].h = a.b.c.d.e.f.g + 1
print(a.b.c.d.e.f.g, a.b["c"].d["e"].f.h)
--// long chains of calls
local o = {}
function o:a(...) self.n = (self.n or 0) + select("#", ...) return self end
function o.b(...) return o end
print(o:a():a(1):a(1, 2).b().b(1):a{}.b"x":a"y".n)
--// method on an index
local t = {list = {{v = 1, get = function(self) return self.v end}}, i = 1}
print(t.list[1]:get(), t.list[t.i]:get(), t.list[#t.list]:get(), (t.list[1]):get())
--// method on a call
local function make(v) return {v = v, get = function(self, d) return self.v + d end} end
print(make(1):get(2), (make)(3):get(4), make(make(5).v):get(6))
--// method on strings
local s = "abc"
print(s:upper(), ("x"):rep(3), s:sub(2):upper():lower(), #s:rep(4), ("%d"):format(5), s.upper(s), s["len"](s))
--// keys of every sort
local t, k = {}, {}
local f = function() end
t[k] = 1 t[f] = 2 t[true] = 3 t[1.5] = 4 t["s"] = 5 t[2] = 6 t[-1] = 7 t[1 == 1] = 8
print(t[k], t[f], t[true], t[1.5], t.s, t[2], t[-1])
--// float keys are integers
local t = {}
t[1.0] = "a" t[2^53] = "b" t[1e0] = "c"
print(t[1], t[2^53 | 0], #t)
--// computed keys
local t, i = {}, 1
t["k" .. i] = 1 t[i + 1] = 2 t[#t + 1] = 3 t[i * 2 + #t] = 4 t[(i)] = 5
print(t.k1, t[1], t[2], t[3], t["k" .. 1], t[i + 1], t[(i)])
--// nested index in index
local t = {a = {x = "y"}, y = {z = 1}, m = {{1, 2}, {3, 4}}, i = 2}
print(t[t.a.x].z, t.m[t.i][t.m[1][1]], t.m[#t.m][#t.m[#t.m]])
t[t.a.x][t.a.x] = t.m[t.i][t.i]
print(t.y.y)
--// assignment to a nested index
local t = {m = {{}, {}}, i = 1}
t.m[t.i][t.i] = "a"
t.m[t.i + 1][#t.m] = "b"
t["m"][1]["k" .. t.i] = "c"
print(t.m[1][1], t.m[2][2], t.m[1].k1)
--// assignment order with function calls
local log = {}
local function l(x) log[#log + 1] = tostring(x) return x end
local t = {}
t[l(1)], t[l(2)] = l("a"), l("b")
t[l(3)] = l("c")
l(t)[l(4)] = l("d")
print(#log, t[1], t[2], t[3], t[4], log[1] .. log[2] .. log[3] .. log[4])
--// multiple assignment from a vararg
local t = {}
local function f(...) t.a, t.b, t.c = ... t[1], t[2] = (...), select("#", ...) end
f(1, 2)
print(t.a, t.b, t.c, t[1], t[2])
--// multiple assignment evaluates all first
local t = {1, 2, 3, n = 1}
t[t.n], t.n, t[t.n + 1] = t.n + 10, t.n + 1, t.n + 20
print(t[1], t[2], t[3], t.n)
--// multiple assignment to captured variables and fields
local a, b, t = 1, 2, {}
local function f() a, t.x, b, t[a] = b, a, t, "one" return a, b end
local x, y = f()
print(x, y == t, t.x, t[1])
--// many targets
local t = {}
t.a, t.b, t.c, t.d, t.e, t.f, t.g, t.h, t.i, t.j = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
print(t.a, t.e, t.j)
--// local with calls and fewer values
local function f() return 1, 2 end
local a, b, c = f()
local d, e = (f())
local g, h, i = f(), f()
print(a, b, c, d, e, g, h, i)
--// local captured with fewer values
local function f() return 1, 2 end
local a, b, c = f()
local function g() a, b, c = c, a, b end
g() print(a, b, c)
g() print(a, b, c)
--// goto out of nested loops with captured variables
local fs = {}
for i = 1, 3 do
  local n = i
  for j = 1, 3 do
    local m = j
    fs[#fs + 1] = function() n, m = n + 1, m + n return n, m end
    if i * j == 4 then goto out end
  end
end
::out::
print(#fs, fs[1](), fs[5]())
--// goto as while
local i = 0
::again::
if i < 3 then
  i = i + 1
  goto again
end
print(i)
--// labels with the same name in different blocks
do goto l ::l:: end
do goto l ::l:: end
for i = 1, 2 do goto l do local x = i end ::l:: end
print "ok"
--// attributes with captured neighbours
local log = {}
local function closer(n) return setmetatable({}, {__close = function() log[#log + 1] = n end}) end
do
  local a <close> = closer("a")
  local n, b <close>, m = 1, closer("b"), 3
  local function f() n, m = m, n end
  f()
  log[#log + 1] = n .. m
end
print(table.concat(log, ","))
--// close in loops
local log = {}
for i = 1, 3 do
  local n = i
  local c <close> = setmetatable({}, {__close = function() n = n * 10 log[#log + 1] = n end})
  if i == 2 then goto continue end
  n = n + 1
  ::continue::
end
print(table.concat(log, ","))
--// const tables
local t <const> = {n = 1}
t.n = t.n + 1
local function f() t.n = t.n + 1 return t.n end
print(f(), t.n)
--// tail calls through fields
local M = {}
function M.count(n) if n == 0 then return "done" end return M.count(n - 1) end
print(M.count(10000))
function M:loop(n) if n == 0 then return "done" end return self:loop(n - 1) end
print(M:loop(10000))
local f
f = function(n) if n == 0 then return "done" end return f(n - 1) end
local g = f
f = function(n) return g(n) end
print(f(10000))
--// deep recursion
local function depth(t, n) if n == 0 then return 0 end t.n = n return depth(t, n - 1) + 1 end
print(depth({}, 5000))
--// stack overflow is caught
local function f() return 1 + f() end
local good, message = pcall(f)
print(good, message:match("stack overflow"))
--// error values
local t = {}
print(pcall(error, "plain"))
print(pcall(function() error("with position") end))
print(pcall(function() error("level 2", 2) end))
print(pcall(function() error() end))
print(select(2, pcall(function() error(t) end)) == t)
print(pcall(function() assert(t.x, "assert says") end))
print(pcall(function() assert(t.x) end))
print(pcall(function() assert(nil, t) end) == false)
--// xpcall with traceback lines
local t = {}
print(xpcall(function() return t.a.b end, function(m) return "handled: " .. m end))
print(xpcall(function(...) return ... end, print, 1, 2))
--// coroutines over fields
local t = {n = 0}
local co = coroutine.create(function(a)
  while true do t.n = t.n + a a = coroutine.yield(t.n) end
end)
for i = 1, 3 do print(coroutine.resume(co, i)) end
print(coroutine.status(co), coroutine.isyieldable())
--// coroutines: error inside
local t = {}
local co = coroutine.create(function() return t.x.y end)
print(coroutine.resume(co))
print(coroutine.status(co))
--// generators
local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local sum = 0
for i in range(4) do sum = sum + i end
print(sum)
--// unicode in strings and comments
local t = {["é"] = "ü"} -- ñ
print(t["é"], #t["é"], "日本", '\u{65E5}')
--// line ends in strings
print("a\
b", 'c\
d', [[
e
f]], "g\z
      h")
--// numbers of every form
local t = {}
t[1] = 0x10 t[2] = 1e1 t[3] = 0x.8p1 t[4] = 1 // 1 t[5] = 3 .. "" t[6] = .5e1 t[7] = 0xA
print(t[1], t[2], t[3], t[4], t[5], t[6], t[7], 1e15, 1e16, 2^63, math.mininteger)
--// names like ours
local _b, _bN, _bt, _bW1 = {k = {}}, 1, 2, 3
_b.k.x = _bN + _bt
local function f() _bN = _bN + 1 return _bN end
print(_b.k.x, f(), _bW1)
--// names that are almost keywords
local endx, ifx, do_, _end, function1, nilnil = 1, 2, 3, 4, 5, 6
local t = {endx = endx, ["end"] = ifx, nilx = do_}
print(t.endx, t["end"], t.nilx, _end, function1, nilnil)
--// a global with the name of a library function, as a field
local t = {print = 1, string = {format = function() return "mine" end}}
print(t.print, t.string.format("%d", 1))
--// global tables
config = {retries = 3, nested = {on = true}}
function config.reset() config.retries = 0 config.nested.on = false end
function config:set(n) self.retries = n return self end
print(config.retries, config.nested.on)
config.reset()
print(config:set(9).retries, config.nested.on, #config)
config = nil
print(config)
--// global assigned in a function, read before
print(later)
function set() later = 5 end
set()
print(later)
--// global swap
p, q = 1, 2
function swap() p, q = q, p end
swap()
print(p, q)
--// global loop variable is local
i = 10
for i = 1, 2 do end
print(i)
for i in ipairs{1} do i = i + 1 end
print(i)
