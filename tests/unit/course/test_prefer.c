/* test_prefer.c -- a lesson's text in one language. */
#include "course/prefer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#define LUA "```lua\ngo(f)\n```\n"
#define C "```c\ngo(f, 0);\n```\n"

static void assert_preferred(const char *text, const char *lua, const char *c)
{
    char *in_lua = prefer_language(text, COURSE_LUA), *in_c = prefer_language(text, COURSE_C);

    assert_string_equal(in_lua, lua);
    assert_string_equal(in_c, c);
    free(in_lua);
    free(in_c);
}

static void test_pairs(void **state)
{
    (void)state;
    assert_preferred("a\n\n" LUA "\n" C "\nb\n", "a\n\n" LUA "\nb\n", "a\n\n" C "\nb\n");
    assert_preferred(C LUA, LUA, C);
    /* two pairs in a row */
    assert_preferred(LUA C LUA C, LUA LUA, C C);
}

static void test_alone(void **state)
{
    (void)state;
    assert_preferred(LUA "words\n" C, LUA "words\n" C, LUA "words\n" C);
    assert_preferred(LUA LUA, LUA LUA, LUA LUA);
    assert_preferred("```\ntext\n```\n" C, "```\ntext\n```\n" C, "```\ntext\n```\n" C);
    assert_preferred("", "", "");
}

static void test_open_block(void **state)
{
    (void)state;
    assert_preferred("```lua\nx", "```lua\nx", "```lua\nx");
    assert_preferred(LUA "```c\nx", LUA, "```c\nx");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_open_block),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
