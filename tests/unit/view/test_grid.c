/* test_grid.c -- a rectangle of styled characters. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/grid.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void assert_text(const struct grid *grid, const char *expected)
{
    char *text = grid_text(grid);

    assert_string_equal(text, expected);
    free(text);
}

static void test_put(void **state)
{
    struct grid grid;

    (void)state;
    assert_true(grid_init(&grid, 2, 8, false));
    assert_text(&grid, "\n\n");
    assert_int_equal(grid_put(&grid, 0, 1, 4, STYLE_BOLD, "abcdef"), 4);
    assert_int_equal(grid_put(&grid, 1, 6, 4, STYLE_PLAIN, "xyz"), 2); /* the edge */
    assert_int_equal(grid_put(&grid, 2, 0, 4, STYLE_PLAIN, "no"), 0);
    assert_int_equal(grid_put(&grid, 0, -1, 4, STYLE_PLAIN, "no"), 0);
    assert_int_equal(grid_putf(&grid, 1, 0, 8, STYLE_PLAIN, "%d-", 12), 3);
    assert_text(&grid, " abcd\n12-   xy\n");
    assert_int_equal(grid.cells[1].style, STYLE_BOLD);
    grid_clear(&grid);
    assert_text(&grid, "\n\n");
    assert_int_equal(grid_put_short(&grid, 0, 0, 5, STYLE_PLAIN, "abcde"), 5);
    assert_int_equal(grid_put_short(&grid, 1, 0, 5, STYLE_PLAIN, "abcdef"), 5);
    assert_text(&grid, "abcde\nabcd\xe2\x80\xa6\n");
    grid_release(&grid);
}

static void test_widths(void **state)
{
    struct grid grid;

    (void)state;
    assert_int_equal(grid_width("abc"), 3);
    assert_int_equal(grid_width("\xe4\xbd\xa0\xe5\xa5\xbd"), 4); /* two wide characters */
    assert_int_equal(grid_width("e\xcc\x81"), 1);                 /* an e and its accent */
    assert_int_equal(grid_width("\xff\x1b"), 2);                  /* shown as one each */
    assert_true(grid_init(&grid, 1, 6, false));
    assert_int_equal(grid_put(&grid, 0, 0, 3, STYLE_PLAIN, "\xe4\xbd\xa0\xe5\xa5\xbd"),
                     2); /* no half */
    assert_int_equal(grid_put(&grid, 0, 0, 6, STYLE_PLAIN, "\xe4\xbd\xa0\xe5\xa5\xbd"), 4);
    assert_int_equal(grid.cells[1].rune, 0);
    grid_put(&grid, 0, 1, 1, STYLE_PLAIN, "x"); /* over a right half */
    assert_text(&grid, " x\xe5\xa5\xbd\n");
    grid_put(&grid, 0, 2, 1, STYLE_PLAIN, "y"); /* over a left half */
    assert_text(&grid, " xy\n");
    grid_put(&grid, 0, 1, 2, STYLE_PLAIN, "\xe4\xbd\xa0"); /* wide over both */
    assert_text(&grid, " \xe4\xbd\xa0\n");
    grid_release(&grid);
}

static void test_controls(void **state)
{
    struct grid grid;

    (void)state;
    assert_true(grid_init(&grid, 1, 20, false));
    grid_put(&grid, 0, 0, 20, STYLE_PLAIN, "a\x1b[m\n\xc2\x9b\xe2\x80\xae" "b\xff" "c");
    assert_text(&grid, "a?[m???b\xef\xbf\xbd" "c\n");
    grid_release(&grid);
    assert_true(grid_init(&grid, 1, 20, true));
    grid_put(&grid, 0, 0, 20, STYLE_PLAIN, "\xe2\x80\x99\xe2\x80\x94\xe4\xbd\xa0\xff\x01");
    assert_text(&grid, "'-???\n");
    assert_string_equal(grid_glyph(&grid, "\xe2\x97\x8f", "*"), "*");
    grid_release(&grid);
}

static void test_shapes(void **state)
{
    struct grid grid;

    (void)state;
    assert_true(grid_init(&grid, 4, 12, true));
    grid_frame(&grid, (struct rect){0, 0, 3, 12}, STYLE_DIM, "title");
    grid_fill(&grid, (struct rect){3, 1, 9, 3}, '#', STYLE_BAR); /* beyond the edge */
    assert_text(&grid, "+ title ---+\n|          |\n+----------+\n ###\n");
    grid_style(&grid, (struct rect){3, 0, 1, 99}, STYLE_BAD);
    assert_int_equal(grid.cells[36].style, STYLE_BAD);
    grid_release(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_put),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_controls),
        cmocka_unit_test(test_shapes),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
