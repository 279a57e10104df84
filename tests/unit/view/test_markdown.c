/* test_markdown.c -- a lesson's Markdown as lines of styled text for a given width. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "view/markdown.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static void assert_plain(const char *text, int cols, const char *expected)
{
    struct markdown *markdown = markdown_new(text, cols, false);
    char *plain;

    assert_non_null(markdown);
    plain = markdown_plain(markdown);
    assert_string_equal(plain, expected);
    free(plain);
    markdown_free(markdown);
}

static void test_paragraphs(void **state)
{
    (void)state;
    assert_plain("", 40, "");
    assert_plain("one two three four five\n\nsix", 20, "one two three four\nfive\n\nsix\n");
    assert_plain("soft\nbreak and  \nhard", 40, "soft break and\nhard\n");
    assert_plain("averyveryverylongwordthatdoesnotfit", 20,
                 "averyveryverylongwor\ndthatdoesnotfit\n");
    assert_plain("*a* **b** `c  d`", 40, "a b c  d\n");
    assert_plain("&lt;&amp;&#65;&rarr;", 40, "<&A\xE2\x86\x92\n");
    assert_plain("<b>no html</b>", 40, "<b>no html</b>\n");
    assert_plain("see [a page](https://a.b/c)", 60, "see a page (https://a.b/c)\n");
    assert_plain("[watch](pool)", 60, "▸ watch\n");
}

static void test_headings(void **state)
{
    (void)state;
    assert_plain("# One\ntext\n## Two\n### Three\ntext", 40,
                 "One\n━━━\n\ntext\n\nTwo\n\nThree\n\ntext\n");
    assert_plain("a\n\n---\n\nb", 20, "a\n\n────────────────────\n\nb\n");
}

static void test_lists(void **state)
{
    (void)state;
    assert_plain("- one\n- two is long enough to wrap\n  - inner\n- three", 20,
                 "• one\n• two is long enough\n  to wrap\n  • inner\n• three\n");
    assert_plain("3. three\n4. four", 20, "3. three\n4. four\n");
    assert_plain("- a\n\n- b", 20, "• a\n\n• b\n");
    assert_plain("-\n- b", 20, "•\n• b\n");
    assert_plain("> quoted\n>\n> - item", 20, "│ quoted\n│\n│ • item\n");
}

static void test_code(void **state)
{
    (void)state;
    assert_plain(
        "text\n\n```lua\nlocal x = 1\n\n  indented and far longer than the page\n```\nmore", 20,
        "text\n\n  local x = 1\n\n    indented and far longer than the page\n\nmore\n");
}

static void test_tables(void **state)
{
    (void)state;
    assert_plain("| a | long head |\n|---|---|\n| `x` | y |\n", 40,
                 "a  long head\n─  ─────────\nx  y\n");
    assert_plain("| a | b |\n|---|---|\n| one two three | four five six |\n", 20,
                 "a          b\n─────────  ─────────\none two    four five\nthree      six\n");
}

/* Styles reach the grid. */
static void test_draw(void **state)
{
    struct markdown *markdown = markdown_new("a **b** `c`\n\n```c\nint x; /* y */\n```", 40, false);
    struct grid grid;

    (void)state;
    assert_int_equal(markdown_rows(markdown), 3);
    assert_true(grid_init(&grid, 3, 40, false));
    markdown_draw(markdown, &grid, (struct rect){0, 0, 3, 40}, 0);
    assert_int_equal(grid.cells[0].style, STYLE_PLAIN);
    assert_int_equal(grid.cells[2].rune, 'b');
    assert_int_equal(grid.cells[2].style, STYLE_BOLD);
    assert_int_equal(grid.cells[4].style, STYLE_CODE);
    assert_int_equal(grid.cells[80 + 2].rune, 'i');
    assert_int_equal(grid.cells[80 + 2].style, STYLE_CODE_KEYWORD);
    assert_int_equal(grid.cells[80 + 9].style, STYLE_CODE_COMMENT);
    grid_clear(&grid);
    markdown_draw(markdown, &grid, (struct rect){0, 0, 3, 40}, 2); /* scrolled */
    assert_int_equal(grid.cells[2].rune, 'i');
    markdown_draw(markdown, &grid, (struct rect){0, 0, 3, 40}, 99);
    markdown_draw(markdown, &grid, (struct rect){0, 0, 3, 40}, -2);
    grid_release(&grid);
    markdown_free(markdown);
}

static void test_ascii(void **state)
{
    struct markdown *markdown =
        markdown_new("# H\n- \xE2\x80\x9Cx\xE2\x80\x9D \xE2\x86\x92 y", 40, true);
    struct grid grid;
    char *text;

    (void)state;
    assert_true(grid_init(&grid, 4, 40, true));
    markdown_draw(markdown, &grid, (struct rect){0, 0, 4, 40}, 0);
    text = grid_text(&grid);
    assert_string_equal(text, "H\n=\n\n* \"x\" > y\n");
    free(text);
    grid_release(&grid);
    markdown_free(markdown);
}

/* Nothing in a file can take us down: deep nesting, control characters, broken UTF-8. */
static void test_hostile(void **state)
{
    char deep[4096];
    struct markdown *markdown;
    struct grid grid;

    (void)state;
    memset(deep, '>', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    for (int i = 0; i < 2; i++) {
        markdown = markdown_new(i ? deep : "\x1b[2J \xff\xfe `\x9b` \n\n| \x01 |\n|--|\n| \xff |\n",
                                40, false);
        assert_non_null(markdown);
        assert_true(grid_init(&grid, 20, 30, false));
        markdown_draw(markdown, &grid, (struct rect){0, 0, 20, 30}, 0);
        for (int c = 0; c < 600; c++)
            assert_true(grid.cells[c].rune >= 0x20 || grid.cells[c].rune == 0);
        grid_release(&grid);
        markdown_free(markdown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_code),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_draw),
        cmocka_unit_test(test_ascii),
        cmocka_unit_test(test_hostile),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
