/* test_unread.c -- errors that nobody looks at, read off the text of either language. */
#include "grade/unread.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* "2 err, 5 load()": what is found, in the order of the text. */
static void assert_found(enum language language, const char *text, const char *expected)
{
    struct program program = {.language = language, .text = (char *)text, .length = strlen(text)};
    struct unread unread[8];
    size_t n = unread_errors(&program, unread, 8);
    struct text found = {0};

    for (size_t i = 0; i < n; i++)
        text_addf(&found, "%s%u %s%s", i ? ", " : "", unread[i].line, unread[i].name,
                  unread[i].call ? "()" : "");
    if (strcmp(text_string(&found), expected) != 0)
        print_error("%s\n", text);
    assert_string_equal(text_string(&found), expected);
    text_release(&found);
}

#define LUA(text, expected) assert_found(LANGUAGE_LUA, text, expected)
#define C(text, expected) assert_found(LANGUAGE_C, text, expected)

#define LOAD "local function load(n)\nif n > 3 then return nil, 'too many' end\nreturn n\nend\n"

static void test_lua_variables(void **state)
{
    (void)state;
    LUA("local v, err = f()\nprint(v)", "1 err");
    LUA("local v, err = f()\nif err then print(v) end", "");
    LUA("local v, err = f()\nreturn v, err", "");
    LUA("local v, err = f()\nprint(v or 'no: ' .. err)", "");
    LUA("local err = group:wait()\nprint('ok')", "1 err");
    LUA("local err = group:wait()\nlocal g = function() return err end", "");
    LUA("do local err = f() end\nprint(err)", "1 err");        /* another one */
    LUA("local err = f()\nerr = f()\nprint(1)", "1 err");      /* set again is not looked at */
    LUA("local err = f()\nprint('err', x.err) -- err", "1 err");
    LUA("local err = f()\nc:send { id = 1, err = err }", "");
    LUA("local err = 3", "");                                   /* no error: nobody returned it */
    LUA("local errs = chan(3)\nerrs:close()", "");
    LUA("for _, err in ipairs(all) do print(1) end", "");
}

static void test_lua_calls(void **state)
{
    (void)state;
    LUA(LOAD "load(3)", "5 load()");
    LUA(LOAD "print(1)\nload(3)\nprint(2)", "6 load()");
    LUA(LOAD "local v = load(3)\nprint(v)", "5 load()");
    LUA(LOAD "local v, _ = load(3)\nprint(v)", "5 load()");
    LUA(LOAD "local v, err = load(3)\nprint(v, err)", "");
    LUA(LOAD "local v, err = load(3)\nprint(v)", "5 err");
    LUA(LOAD "print(load(3))", "");
    LUA(LOAD "local a, b = load(3), 1\nif load(3) then end\nreturn load(3)", "");
    LUA("local function name(n)\nreturn 'a name'\nend\nname(3)", "");
    LUA("local function try()\nlocal err = f()\nreturn err\nend\ntry()\nlocal e = try()\nprint(e)", "5 try()");
    LUA("local function outer()\nlocal f = function() return err end\nreturn 1\nend\nouter()", "");
}

#define GROUP "local g = errgroup.group()\n"
#define SENT "local problems = chan(3)\nproblems:send(errors.new('no'))\n"

/* What is an error follows from where it comes from, whatever the variable is called. */
static void test_lua_flow(void **state)
{
    (void)state;
    LUA(LOAD "local v, why = load(3)\nprint(v)", "5 why");
    LUA(LOAD "local v, why = load(3)\nif why then print(v) end", "");
    LUA(GROUP "local problem = g:wait()\nprint('ok')", "2 problem");
    LUA(GROUP "local problem = g:wait()\nreturn problem", "");
    LUA("local wg = sync.WaitGroup()\nlocal n = wg:wait()\nwg:wait()", "");
    LUA("local l, why = net.listen('a')\nprint(l)", "1 why");
    LUA("local l = net.listen('a')\nlocal c = l:accept()\nprint(c)", "1 net.listen(), 2 l:accept()");
    LUA("local c = net.dial('a')\nprint(c)", "1 net.dial()");
    LUA("local ctx = context.with_cancel(context.background())\nctx:err()\nprint(1)", "2 ctx:err()");
    LUA("local f = singleflight.group()\nlocal v, why, shared = f:call(k, load)\nprint(v, shared)",
        "2 why");
    LUA(SENT "problems:recv()\nprint(1)", "3 problems:recv()");
    LUA(SENT "local p = problems:recv()\nprint(1)", "3 p");
    LUA(SENT "local p = problems:recv()\nprint(p)", "");
    LUA(SENT "for p in problems:range() do\nprint(1)\nend", "3 p");
    LUA(SENT "for p in problems:range() do\nprint(p)\nend", "");
    LUA("local c = chan(3)\nc:send(3)\nc:recv()\nlocal v = c:recv()", "");
    LUA("local l = rate.limiter(1, 1)\nl:wait(context.background())\nl:wait(ctx)", "3 l:wait()");
    LUA("local g = errgroup.group()\ng:wait()", ""); /* runs say what becomes of it */
    /* handed on by functions of the program */
    LUA(LOAD "local function twice(n)\nreturn load(n)\nend\nlocal v = twice(3)\nprint(v)",
        "8 twice()");
    LUA(LOAD "local function try(n)\nlocal v, why = load(n)\nreturn why\nend\ntry(3)", "9 try()");
    LUA("local function fail()\nreturn errors.new('no')\nend\nfail()", "4 fail()");
    LUA("local function add(a, b)\nreturn a + b\nend\nadd(1, 2)", "");
}

static void test_c_flow(void **state)
{
    (void)state;
    C("int main(void)\n{\nconst char *why = group_wait(&g);\nreturn 0;\n}", "3 why");
    C("int main(void)\n{\nconst char *why = group_wait(&g);\nreturn why != NULL;\n}", "");
    C("int main(void)\n{\nlimit_wait(l, ctx, 1);\nlimit_wait(l, NULL, 1);\nnet_write(c, \"x\", 1);\n}",
      "3 limit_wait(), 5 net_write()");
    C("int main(void)\n{\nconst char *why;\nc = net_dial(NULL, \"a\", &why);\nreturn 0;\n}", "4 why");
    C("int main(void)\n{\nconst char *why;\nc = net_dial(NULL, \"a\", &why);\nreturn !why;\n}", "");
    C("int main(void)\n{\nc = net_dial(NULL, \"a\", NULL);\n}", "");
    C("static void f(const char **err)\n{\n*err = ctx_err(ctx);\n}", "");
    C("void f(void)\n{\nconst char *why = err_new(\"no\");\ngo_send(bad, &why);\n}\n"
      "int main(void)\n{\nconst char *got;\ngo_recv(bad, &got);\n}", "9 got");
    C("void f(void)\n{\nconst char *why = err_new(\"no\");\ngo_send(bad, &why);\n}\n"
      "int main(void)\n{\nconst char *got;\ngo_recv(bad, &got);\nputs(got);\ngo_recv_any(bad);\n}",
      "11 go_recv_any()");
    C("static const char *f(void)\n{\nreturn ctx_err(ctx);\n}\nint main(void)\n{\nf();\n}", "7 f()");
    C("static const char *f(void)\n{\nconst char *why = g();\nreturn why;\n}\n"
      "static const char *g(void)\n{\nreturn err_new(\"no\");\n}\nint main(void)\n{\nf();\n}", "12 f()");
}

#define FETCH "static const char *fetch(int n)\n{\nif (n > 3)\nreturn ErrFull;\nreturn NULL;\n}\n"

static void test_c(void **state)
{
    (void)state;
    C("int main(void)\n{\nconst char *err = fetch(3);\nputs(\"err\"); // err\n}", "3 err");
    C("int main(void)\n{\nconst char *err = fetch(3);\nif (err)\nputs(err);\n}", "");
    C("int main(void)\n{\nconst char *err = NULL;\nreturn 0;\n}", "");
    C(FETCH "int main(void)\n{\nfetch(3);\n}", "9 fetch()");
    C(FETCH "int main(void)\n{\nif (fetch(3))\nreturn 1;\n(void)fetch(4);\n}", "");
    C("static const char *name(int n)\n{\nreturn \"name\";\n}\nint main(void)\n{\nname(3);\n}", "");
}

/* Text that is no program must do no harm. */
static void test_anything(void **state)
{
    (void)state;
    LUA("", "");
    LUA("local function f(", "");
    LUA("function f() return nil, 'x' end f(", "1 f()");
    LUA("]] [==[ \" ' -- [[ err = ", "");
    C("char *f(){return err", "");
    C("}}}}} /* \" ", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lua_variables),
        cmocka_unit_test(test_lua_calls),
        cmocka_unit_test(test_lua_flow),
        cmocka_unit_test(test_c_flow),
        cmocka_unit_test(test_c),
        cmocka_unit_test(test_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
