/* test_highlight.c -- source text, Lua or C, as styles; line by line. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/highlight.h"

#include <string.h>

/* One letter a byte: k keyword, s string, c comment, n number, . other code. */
static uint32_t assert_styles(enum language language, uint32_t state, const char *line,
                              const char *expected)
{
    uint8_t styles[128];
    char shown[128];
    size_t len = strlen(line);

    state = highlight_line(language, state, line, len, styles);
    for (size_t i = 0; i < len; i++)
        shown[i] = styles[i] == STYLE_CODE_KEYWORD ? 'k' : styles[i] == STYLE_CODE_STRING ? 's'
                 : styles[i] == STYLE_CODE_COMMENT ? 'c' : styles[i] == STYLE_CODE_NUMBER ? 'n'
                 : styles[i] == STYLE_CODE ? '.' : '?';
    shown[len] = '\0';
    assert_string_equal(shown, expected);
    return state;
}

static void test_lua(void **state)
{
    uint32_t s;

    (void)state;
    assert_styles(LANGUAGE_LUA, 0, "local x = 1.5e-3 -- go", "kkkkk.....nnnnnn.ccccc");
    assert_styles(LANGUAGE_LUA, 0, "f('it\\'s', \"a--b\")", "..sssssss..ssssss.");
    assert_styles(LANGUAGE_LUA, 0, "locals = endx", ".............");
    s = assert_styles(LANGUAGE_LUA, 0, "x --[==[ a ]] b", "..ccccccccccccc");
    assert_int_not_equal(s, 0);
    s = assert_styles(LANGUAGE_LUA, s, "end ]==] end", "cccccccc.kkk");
    assert_int_equal(s, 0);
    s = assert_styles(LANGUAGE_LUA, 0, "s = [[ one", "....ssssss");
    s = assert_styles(LANGUAGE_LUA, s, "two ]] .. 3", "ssssss....n");
    assert_int_equal(s, 0);
    assert_styles(LANGUAGE_LUA, 0, "'open", "sssss");
    assert_styles(LANGUAGE_LUA, 0, "'open\\", "ssssss");
    assert_styles(LANGUAGE_LUA, 0, "a[b[1]]", "....n..");
    assert_styles(LANGUAGE_LUA, 0, "", "");
}

static void test_c(void **state)
{
    uint32_t s;

    (void)state;
    assert_styles(LANGUAGE_C, 0, "#include \"go.h\"", "kkkkkkkk.ssssss");
    assert_styles(LANGUAGE_C, 0, "int c = '\\''; // x", "kkk.....ssss..cccc");
    s = assert_styles(LANGUAGE_C, 0, "a /* b", "..cccc");
    s = assert_styles(LANGUAGE_C, s, "int */ int", "cccccc.kkk");
    assert_int_equal(s, 0);
    assert_styles(LANGUAGE_C, 0, "x[0x1F]", "..nnnn.");
}

static void test_none(void **state)
{
    (void)state;
    assert_styles(LANGUAGE_NONE, 0, "local \"x\"", ".........");
}

static void test_draw(void **state)
{
    uint8_t styles[32];
    const char *line = "\tx\t\"\xc3\xa4\"";
    struct grid grid;

    (void)state;
    highlight_line(LANGUAGE_C, 0, line, strlen(line), styles);
    assert_true(grid_init(&grid, 1, 20, false));
    assert_int_equal(highlight_draw(&grid, 0, 2, 18, line, strlen(line), styles), 11);
    assert_int_equal(grid.cells[2 + 4].rune, 'x');
    assert_int_equal(grid.cells[2 + 8].rune, '"');
    assert_int_equal(grid.cells[2 + 9].rune, 0xe4);
    assert_int_equal(grid.cells[2 + 9].style, STYLE_CODE_STRING);
    assert_int_equal(highlight_draw(&grid, 0, 2, 3, line, strlen(line), styles),
                     3); /* cut in a tab */
    grid_release(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lua),
        cmocka_unit_test(test_c),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_draw),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
