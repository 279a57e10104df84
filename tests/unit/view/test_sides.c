/* test_sides.c -- two programs beside each other. */
#include "view/sides.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct source {
    struct program program;
    const char *lines[32];
};

/* A Lua program of the text, which must outlive it. */
static void make(struct source *source, const char *text)
{
    struct program *program = &source->program;

    *source = (struct source){0};
    program->text = (char *)text;
    program->length = strlen(text);
    program->lines = source->lines;
    for (const char *at = text; *at; at += strcspn(at, "\n"), at += *at == '\n')
        source->lines[program->nlines++] = at;
}

static void looks(const char *left, const char *right, enum sides_mode mode, int cols,
                  const char *expected)
{
    struct source a, b;
    struct grid grid = {0};
    struct sides *sides;
    char *text;

    make(&a, left);
    make(&b, right);
    sides = sides_new(&a.program, &b.program);
    assert_non_null(sides);
    assert_true(sides_lay_out(sides, mode, cols));
    assert_true(grid_init(&grid, sides_rows(sides), cols, true));
    sides_draw(sides, &grid, (struct rect){0, 0, grid.rows, cols}, 0);
    text = grid_text(&grid);
    assert_string_equal(text, expected);
    free(text);
    grid_release(&grid);
    sides_free(sides);
}

static const char yours[] = "local n = 1\nmine()\nshared_line()\nend\nold()\nend\n";
static const char ours[] = "local n = 1\nshared_line()\nend\n  new(n)\nend\nmore()\n";

static void beside_each_other(void **state)
{
    (void)state;
    /* 39 columns: two halves of 18, between them a mark with a blank on each side */
    looks(yours, ours, SIDES_BESIDE, 39,
          "  1 local n = 1        1 local n = 1\n"
          "  2 mine()         <\n"
          "  3 shared_line()      2 shared_line()\n"
          "  4 end                3 end\n"
          "  5 old()          |   4   new(n)\n"
          "  6 end                5 end\n"
          "                   >   6 more()\n");
}

static void one_above_the_other(void **state)
{
    (void)state;
    looks(yours, ours, SIDES_STACKED, 30,
          "    1 local n = 1\n"
          "<   2 mine()\n"
          "    3 shared_line()\n"
          "    4 end\n"
          "<   5 old()\n"
          ">   4   new(n)\n"
          "    6 end\n"
          ">   6 more()\n");
}

static void one_alone(void **state)
{
    (void)state;
    looks("a()\n", "a()\nb()\n", SIDES_LEFT, 30, "    1 a()\n");
    looks("a()\n", "a()\nb()\n", SIDES_RIGHT, 30, "    1 a()\n>   2 b()\n");
}

static void blanks_at_the_ends_are_no_difference(void **state)
{
    (void)state;
    looks("  a()\t\nb()", "a()\nb()\n", SIDES_STACKED, 30, "    1   a()\n    2 b()\n");
}

static void a_lone_end_pairs_nothing(void **state)
{
    (void)state;
    /* by number of lines the three ends would be worth more than the call */
    looks("end\nend\nend\nimportant_call()\n", "important_call()\nend\nend\nend\n", SIDES_STACKED, 40,
          "<   1 end\n<   2 end\n<   3 end\n"
          "    4 important_call()\n"
          ">   2 end\n>   3 end\n>   4 end\n");
}

static void long_lines_go_on_below(void **state)
{
    (void)state;
    looks("call(one, two)\n", "x()\n", SIDES_STACKED, 16,
          "<   1 call(one,\n"
          "<     two)\n"
          ">   1 x()\n");
    looks("aaaaaaaaaaaaaa\n", "aaaaaaaaaaaaaa\n", SIDES_STACKED, 16,
          "    1 aaaaaaaaaa\n"
          "      aaaa\n");
}

static void finds_the_next_difference(void **state)
{
    struct source a, b;
    struct sides *sides;

    (void)state;
    make(&a, yours);
    make(&b, ours);
    sides = sides_new(&a.program, &b.program);
    assert_true(sides_lay_out(sides, SIDES_BESIDE, 39));
    assert_false(sides_same(sides));
    assert_int_equal(sides_seek(sides, 0, 1), 1);
    assert_int_equal(sides_seek(sides, 1, 1), 4);
    assert_int_equal(sides_seek(sides, 6, 1), -1);
    assert_int_equal(sides_seek(sides, 6, -1), 4);
    assert_int_equal(sides_seek(sides, 1, -1), -1);
    sides_free(sides);
}

static void the_same_is_said(void **state)
{
    struct source a, b;
    struct sides *sides;

    (void)state;
    make(&a, "a()\nb()\n");
    make(&b, "a()\nb()\n");
    sides = sides_new(&a.program, &b.program);
    assert_true(sides_same(sides));
    assert_true(sides_lay_out(sides, SIDES_STACKED, 40));
    assert_int_equal(sides_seek(sides, 0, 1), -1);
    sides_free(sides);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beside_each_other),
        cmocka_unit_test(one_above_the_other),
        cmocka_unit_test(one_alone),
        cmocka_unit_test(blanks_at_the_ends_are_no_difference),
        cmocka_unit_test(a_lone_end_pairs_nothing),
        cmocka_unit_test(long_lines_go_on_below),
        cmocka_unit_test(finds_the_next_difference),
        cmocka_unit_test(the_same_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
