/* test_page.c -- an entry as a page: both faces side by side where there is room. */
#include "view/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *lua_signature[] = {(char *)"c:send(value?: any)"};
static char *c_signature[] = {(char *)"go_send(struct chan *c, T *value)"};
static char *go_spelling[] = {(char *)"ch <- v"};
static char *names[] = {(char *)"chan", (char *)"select"};

static struct reference_entry entry = {
    .name = (char *)"chan.send",
    .group = (char *)"Channels",
    .lesson = (char *)"03-channels",
    .go = {go_spelling, 1, 1},
    .lua = {lua_signature, 1, 1},
    .c = {c_signature, 1, 1},
    .see = {names, 2, 2},
    .text = (char *)"Sends a value.",
    .program = {(char *)"c:send(1)", (char *)"go_send(c, &one);"},
    .prints = (char *)"soup",
};

static const struct reference reference = {.entries = &entry, .count = 1};

static char *page(int language, int cols, bool ascii)
{
    struct grid grid = {0};
    char *text;

    assert_true(page_draw(&grid, &reference, &entry, language, cols, ascii));
    assert_int_equal(grid.cols, cols);
    text = grid_text(&grid);
    grid_release(&grid);
    assert_non_null(text);
    return text;
}

static void side_by_side(void **state)
{
    char *text = page(-1, PAGE_WIDE, true);

    (void)state;
    assert_string_equal(text,
                        "chan.send\n"
                        "=========\n"
                        "\n"
                        "Channels, lesson 03-channels\n"
                        "\n"
                        "  Go   ch <- v\n"
                        "  Lua  c:send(value?: any)\n"
                        "  C    go_send(struct chan *c, T *value)\n"
                        "\n"
                        "Sends a value.\n"
                        "\n"
                        "Lua           C\n"
                        "\n"
                        "  c:send(1)     #include \"go.h\"\n"
                        "\n"
                        "                go_send(c, &one);\n"
                        "\n"
                        "Prints:\n"
                        "\n"
                        "  soup\n"
                        "\n"
                        "See also: chan, select\n");
    free(text);
}

static void one_below_the_other(void **state)
{
    char *text = page(-1, PAGE_WIDE - 1, true);

    (void)state;
    assert_non_null(strstr(text, "\nLua\n\n  c:send(1)\n\nC\n\n  #include \"go.h\"\n\n"
                                 "  go_send(c, &one);\n\nPrints:"));
    free(text);
}

static void one_face(void **state)
{
    char *text = page(COURSE_LUA, PAGE_WIDE, true);

    (void)state;
    assert_non_null(strstr(text, "c:send(1)"));
    assert_null(strstr(text, "go_send"));
    free(text);
}

static void ascii_is_ascii(void **state)
{
    char *text = page(-1, 60, true), *other = page(-1, 60, false);

    (void)state;
    for (const char *c = text; *c; c++)
        assert_true((unsigned char)*c < 0x80);
    assert_string_not_equal(text, other);
    free(text);
    free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(side_by_side),
        cmocka_unit_test(one_below_the_other),
        cmocka_unit_test(one_face),
        cmocka_unit_test(ascii_is_ascii),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
