/* What the rewriter puts in, what it leaves alone, and its limits. */
#include "base/text.h"
#include "lua/rewrite.h"

#include <lauxlib.h>
#include <lua.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BEFORE "local _bN,_bG,_bW,_bR,_bV,_bZ,_bF=...;return function(...) "
#define AFTER "\nend\n"

static struct rewrite rewrite;

static void rewritten(const char *source)
{
    assert_true(rewrite_source(&rewrite, source, strlen(source), true));
}

static void expect_as(const char *source, bool apart, const char *expected)
{
    assert_true(rewrite_source(&rewrite, source, strlen(source), apart));
    assert_int_equal(strncmp(rewrite.text, BEFORE, strlen(BEFORE)), 0);
    assert_string_equal(rewrite.text + rewrite.len - strlen(AFTER), AFTER);
    rewrite.text[rewrite.len - strlen(AFTER)] = '\0';
    assert_string_equal(rewrite.text + strlen(BEFORE), expected);
    rewrite_release(&rewrite);
}

static void expect_text(const char *source, const char *expected)
{
    expect_as(source, true, expected);
}

static void expect_same(const char *source)
{
    expect_text(source, source);
}

/* The result must be Lua; returns how many sites it has. */
static uint32_t expect_compiles(const struct text *source)
{
    lua_State *L = luaL_newstate();
    uint32_t sites;

    assert_int_equal(luaL_loadbufferx(L, source->at, source->len, "@source", "t"), LUA_OK);
    assert_true(rewrite_source(&rewrite, source->at, source->len, true));
    if (luaL_loadbufferx(L, rewrite.text, rewrite.len, "@rewritten", "t") != LUA_OK)
        fail_msg("%s", lua_tostring(L, -1));
    lua_close(L);
    sites = rewrite.nsites;
    rewrite_release(&rewrite);
    return sites;
}

static void test_left_alone(void **state)
{
    (void)state;
    expect_same("");
    expect_same("local a, b = 1, 2 a, b = b, a print(a + b)");
    expect_same("local function f(n) if n == 0 then return 0 end return f(n - 1) end f(3)");
    /* captured, but never assigned again */
    expect_same("local n = 1 go(function() print(n) end)");
    /* assigned only before it is captured */
    expect_same("local n = 1 n = n + 1 go(function() print(n) end)");
    expect_same("local f f = function() return f() end");
    /* assigned, but never captured */
    expect_same("local n = 1 for i = 1, 3 do n = n + i end");
    /* globals that the file does not assign */
    expect_same("print(undefined, go, string.format('%d', 1))");
    /* or only before anything can run beside it */
    expect_same("limit = 3 function f() return limit end go(f)");
    /* methods, constructors */
    expect_same("local c = chan() c:send({x = 1, ['y'] = 2, 3})");
}

static void test_fields(void **state)
{
    (void)state;
    expect_text("local t = {} print(t.k)", "local t = {} print(_bN(t,\"k\",0).k)");
    expect_text("local t, i = {} print(t[i], t[1], t['k'])",
                "local t, i = {} print(_bN(t,i,0)[i], _bN(t,1,1)[1], _bN(t,'k',2)['k'])");
    expect_text("local t = {} print(t[f()])", "local t = {} print(_bG(t ,f() ,0))");
    expect_text("local t = {} print(t.a.b)", "local t = {} print(_bN(_bN(t,\"a\",0).a,\"b\",1).b)");
    expect_text("local t = {} t.k = 1", "local t = {} t.k = _bW(t,\"k\", 1,0);");
    expect_text("local t = {} t.a.k = 1",
                "local t = {} do local _bt=_bN(t,\"a\",0).a _bt.k = _bW(_bt,\"k\", 1,1) end;");
    expect_text("local t = {} t[f()] = 1",
                "local t = {} do local _bt,_bk=t ,f()  _bt[_bk] = _bW(_bt,_bk, 1,0) end;");
    expect_text("local t = {} print(#t)", "local t = {} print(#_bZ(t,0))");
}

static void test_captured_locals(void **state)
{
    (void)state;
    expect_text("local n = 0 go(function() n = n + 1 end)",
                "local n = 0 n={n=n}; go(function() n.n = _bV(n, _bR(0,n).n + 1,1); end)");
    expect_text("function f(n) return function() n = 1 end end",
                "function f(n) n={n=n}; return function() n.n = _bV(n, 1,0); end end");
    expect_text("for i = 1, 2 do go(function() i = 1 end) end",
                "for i = 1, 2 do i={i=i}; go(function() i.i = _bV(i, 1,0); end) end");
    /* assigned in a loop: the next round assigns it after the capture */
    expect_text("local n for i = 1, 2 do n = i go(function() return n end) end",
                "local n n={n=n}; for i = 1, 2 do n.n = _bV(n, i,0); "
                "go(function() return _bR(1,n).n end) end");
}

/* What reads a variable and writes it, with nothing but arithmetic between, is told at once. */
static void test_reads_and_writes(void **state)
{
    (void)state;
    expect_as("local n = 0 go(function() n = n + 1 end)", false,
              "local n = 0 n={n=n}; go(function() n.n = _bV(n, n.n + 1,0); end)");
    expect_as("local n, m = 0 go(function() m = 2 n = (-n) * 2 + m end)", false,
              "local n, m = 0 n={n=n}; m={m=m}; go(function() m.m = _bV(m, 2,0); "
              "n.n = _bV(n, (-n.n) * 2 + _bR(1,m).m,2); end)");
    /* a call may do anything meanwhile; another line has a place of its own; this one reads nothing */
    expect_as("local n = 0 go(function() n = n + f() end)", false,
              "local n = 0 n={n=n}; go(function() n.n = _bV(n, _bR(0,n).n + f(),1); end)");
    expect_as("local n = 0 go(function() n = n +\n1 end)", false,
              "local n = 0 n={n=n}; go(function() n.n = _bV(n, _bR(0,n).n +\n1,1); end)");
    expect_as("local n = 0 go(function() n = 1 end)", false,
              "local n = 0 n={n=n}; go(function() n.n = _bV(n, 1,0); end)");
}

static void test_functions_that_close(void **state)
{
    (void)state;
    expect_text("recover() local function f(a, b) local c <close> = a return b end",
                "recover() local function f(a, b) return _bF(function(a,b)  local c <close> = a return b "
                " end,a,b) end");
    expect_text("recover() function o:m(...) local c <close> = self end",
                "recover() do local _bt=  o _bt.m=_bW(_bt,\"m\", function(self,...) return "
                "_bF(function(self,...)  local c <close> = self  end,self,...) end,0) end;");
    expect_text("f(recover, function() local c <close> = x -- end\nend)",
                "f(recover, function() return _bF(function()  local c <close> = x -- end\n end) end)");
    /* only the function itself, and not for the other attribute */
    expect_text("go.recover() local function f() return function() local c <close> = nil end end",
                "go.recover() local function f() return function() return _bF(function()  local c <close> = nil "
                " end) end end");
    expect_same("recover() local function f(a) local c <const> = a return c end");
    /* nor in a program that never recovers */
    expect_same("local function f(a) local c <close> = a return c end -- recover");
    /* what is assigned after capture lives in its box inside */
    expect_text("recover() local function f(n) local c <close> = nil return function() n = 1 end end",
                "recover() local function f(n) return _bF(function(n)  n={n=n}; local c <close> = nil "
                "return function() n.n = _bV(n, 1,0); end  end,n) end");
}

static void test_main_that_closes(void **state)
{
    (void)state;
    rewritten("local c <close> = recover -- last");
    assert_string_equal(rewrite.text + strlen(BEFORE),
                        " return _bF(function(...) local c <close> = recover -- last\n end,...) end\n");
    rewrite_release(&rewrite);
}

static void test_globals(void **state)
{
    (void)state;
    expect_text("go(print) x = 1 print(x)",
                "go(print) x = _bW(_ENV,\"x\", 1,0); print(_bN(_ENV,\"x\",1).x)");
    expect_text("function f() x = 1 end print(x)",
                "function f() x = _bW(_ENV,\"x\", 1,0); end print(_bN(_ENV,\"x\",1).x)");
    /* _G could assign any, but a library is not expected to change */
    expect_text("_G.x = 1 print(x)",
                "_G.x = _bW(_G,\"x\", 1,0); print(_bN(_ENV,\"x\",1).x)");
}

static void test_lines_stay(void **state)
{
    (void)state;
    expect_text("local t = {}\nt\n.k -- c\n=\n1\n",
                "local t = {}\nt\n.k -- c\n= _bW(t,\"k\",\n1,0);\n");
    expect_text("local t\nt.a[\n1 + 1\n]\n=\n2",
                "local t\ndo local _bt,_bk=_bN(t,\"a\",0).a ,\n1 + 1\n  _bt[_bk]\n"
                "= _bW(_bt,_bk,\n2,1) end;");
}

static void test_beginning_of_file(void **state)
{
    (void)state;
    expect_text("#!/usr/bin/lua\nprint(1)", "\nprint(1)");
    expect_text("\xef\xbb\xbfprint(1)", "print(1)");
    expect_text("\xef\xbb\xbf# a comment\r\nprint(1)", "\nprint(1)");
    expect_text("#", "");
    expect_same("print(1) -- no line end");
}

static void test_names_of_the_source_are_kept_apart(void **state)
{
    (void)state;
    rewritten("local _b, t = 1, {} print(t.k)");
    assert_non_null(strstr(rewrite.text, "_b1N(t,\"k\",0).k"));
    rewrite_release(&rewrite);
    rewritten("local _bN, _b1x, t = 1, 2, {} print(t.k)");
    assert_non_null(strstr(rewrite.text, "_b2N(t,\"k\",0).k"));
    rewrite_release(&rewrite);
}

static void expect_site(uint32_t i, uint32_t line, bool write, const char *name,
                        const char *container)
{
    assert_true(i < rewrite.nsites);
    assert_int_equal(rewrite.sites[i].line, line);
    assert_int_equal(rewrite.sites[i].write, write);
    assert_string_equal(rewrite.sites[i].name, name);
    if (container)
        assert_string_equal(rewrite.sites[i].container, container);
    else
        assert_null(rewrite.sites[i].container);
}

static void test_sites(void **state)
{
    (void)state;
    rewritten("local stats = {}\nprint(stats.hits)\nprint(stats.by[1], #stats,\nf().x)\n"
              "stats.by[f()].n = 1");
    expect_site(0, 2, false, "stats.hits", "local 'stats'");
    expect_site(1, 3, false, "stats.by", "local 'stats'");
    expect_site(2, 3, false, "stats.by[1]", "field 'by'");
    expect_site(3, 3, false, "#stats", "local 'stats'");
    expect_site(4, 4, false, "f().x", NULL);
    expect_site(5, 5, false, "stats.by", "local 'stats'");
    expect_site(6, 5, false, "stats.by[f()]", "field 'by'");
    expect_site(7, 5, true, "stats.by[f()].n", "field '?'");
    assert_int_equal(rewrite.nsites, 8);
    rewrite_release(&rewrite);
}

static void test_site_of_a_captured_local(void **state)
{
    (void)state;
    rewritten("local n = 0\nlocal function f()\nn = n + 1 end");
    assert_int_equal(rewrite.nsites, 2);
    assert_int_equal(rewrite.sites[0].kind, SITE_LOCAL);
    expect_site(0, 3, false, "n", NULL);
    assert_string_equal(rewrite.sites[0].self, "upvalue 'n'");
    expect_site(1, 3, true, "n", NULL);
    rewrite_release(&rewrite);
}

static void test_messages(void **state)
{
    char into[128];

    (void)state;
    rewritten("local n\nlocal function f()\n  n = n + 1\nend\nlocal t = {}\nprint(t.n)");
    assert_string_equal(rewrite_message(&rewrite, 3, "x:3: arithmetic on a nil value (field 'n')",
                                        into, sizeof into),
                        "x:3: arithmetic on a nil value (upvalue 'n')");
    /* a real field of that name in this line */
    assert_null(rewrite_message(&rewrite, 6, "x:6: a nil value (field 'n')", into, sizeof into));
    assert_null(rewrite_message(&rewrite, 3, "x:3: a nil value (field 'm')", into, sizeof into));
    assert_null(rewrite_message(&rewrite, 3, "x:3: a nil value", into, sizeof into));
    /* what does not fit is cut */
    assert_string_equal(rewrite_message(&rewrite, 3, "a nil value (field 'n')", into, 8),
                        "a nil v");
    rewrite_release(&rewrite);
}

static void test_not_lua(void **state)
{
    static const char *const bad[] = {
        "x",    "x =",       "local", "f(",      "if x then",    "return return", "'open",
        "[[",   "--[[",      "(f)",   "f() = 1", "for i do end", "x = }",         "\\",
        "goto", "a.b:c = 1", "::a",   "\xff",    "local x <const",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(rewrite_source(&rewrite, bad[i], strlen(bad[i]), true));
}

/* --- near Lua's limits ---------------------------------------------------- */

static void test_200_locals(void **state)
{
    struct text text = {0};

    (void)state;
    for (int i = 0; i < 199; i++)
        text_addf(&text, "local v%d = %d\n", i, i);
    text_add(&text, "local t = {}\n");
    text_add(&text, "t.a.b = 1 t.x, t.y = 1, 2 v1 = function() v2 = 1 end\n");
    text_add(&text, "function t.a.b() end function t:c() end\n");
    assert_true(expect_compiles(&text) > 0);
    text_release(&text);
}

static void test_255_upvalues(void **state)
{
    struct text text = {0};

    (void)state;
    for (int f = 0; f < 2; f++) {
        for (int i = 0; i < 127; i++)
            text_addf(&text, "local v%d_%d = %d ", f, i, i);
        text_add(&text, "\nlocal function f()\n");
    }
    text_add(&text, "local n = 0 return function() n = n + 1\n");
    for (int f = 0; f < 2; f++)
        for (int i = 0; i < 127; i++)
            text_addf(&text, "v%d_%d = v%d_%d + 1 ", f, i, f, i);
    text_add(&text, " end end end");
    expect_compiles(&text);
    text_release(&text);
}

static void test_deep_nesting(void **state)
{
    struct text text = {0};

    (void)state;
    text_add(&text, "local t = {} local n go(function() n = 1 end)\nt.x = ");
    for (int i = 0; i < 80; i++)
        text_add(&text, "t[t.k + ");
    text_add(&text, "n");
    for (int i = 0; i < 80; i++)
        text_add(&text, "]");
    assert_true(expect_compiles(&text) > 0);
    text_release(&text);
}

static void test_long_chains(void **state)
{
    struct text text = {0};

    (void)state;
    text_add(&text, "local t = {}\nreturn t");
    for (int i = 0; i < 20000; i++)
        text_add(&text, ".k");
    expect_compiles(&text);
    text_clear(&text);
    text_add(&text, "local t = {}\nlocal x = t.k");
    for (int i = 0; i < 20000; i++)
        text_add(&text, " + t.k");
    assert_int_equal(expect_compiles(&text), 20001);
    text_release(&text);
}

static void test_too_deep_is_refused(void **state)
{
    struct text text = {0};

    (void)state;
    for (int i = 0; i < 100000; i++)
        text_add(&text, "(");
    assert_false(rewrite_source(&rewrite, text.at, text.len, true));
    text_clear(&text);
    for (int i = 0; i < 100000; i++)
        text_add(&text, "do ");
    assert_false(rewrite_source(&rewrite, text.at, text.len, true));
    text_clear(&text);
    text_add(&text, "x = ");
    for (int i = 0; i < 100000; i++)
        text_add(&text, "-");
    assert_false(rewrite_source(&rewrite, text.at, text.len, true));
    text_release(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_left_alone),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_captured_locals),
        cmocka_unit_test(test_reads_and_writes),
        cmocka_unit_test(test_functions_that_close),
        cmocka_unit_test(test_main_that_closes),
        cmocka_unit_test(test_globals),
        cmocka_unit_test(test_lines_stay),
        cmocka_unit_test(test_beginning_of_file),
        cmocka_unit_test(test_names_of_the_source_are_kept_apart),
        cmocka_unit_test(test_sites),
        cmocka_unit_test(test_site_of_a_captured_local),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_not_lua),
        cmocka_unit_test(test_200_locals),
        cmocka_unit_test(test_255_upvalues),
        cmocka_unit_test(test_deep_nesting),
        cmocka_unit_test(test_long_chains),
        cmocka_unit_test(test_too_deep_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
