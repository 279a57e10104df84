/* test_lanes.c -- the whole run at a glance: a lane for each goroutine. */
#include "unit/view/tale.h"

#include "view/lanes.h"

static void assert_lane(const struct lanes *lanes, int g, const char *expected)
{
    struct grid grid;
    char *text;

    assert_true(grid_init(&grid, 1, lanes_cols(lanes), true));
    lanes_draw(lanes, &grid, 0, 0, g, -1);
    text = grid_text(&grid);
    text[strcspn(text, "\n")] = '\0';
    assert_string_equal(text, expected);
    free(text);
    grid_release(&grid);
}

/* Twelve moments in twelve columns; see pool_tale for what happens in each. */
static void test_one_each(void **state)
{
    struct trace *trace = pool_tale();
    struct lines lines;
    struct lanes *lanes;

    (void)state;
    assert_true(lines_init(&lines, trace));
    lanes = lanes_new(trace, &lines, 3, 12);
    assert_int_equal(lanes_count(lanes), 3);
    assert_lane(lanes, 1, ".######.#.##");
    assert_lane(lanes, 2, "   ---.#----");
    assert_lane(lanes, 3, "     ---.#--");
    lanes_free(lanes);
    lines_release(&lines);
    free(trace);
}

/* Fewer columns: the liveliest of those that share one.  More: the state lasts. */
static void test_other_widths(void **state)
{
    struct trace *trace = pool_tale();
    struct lines lines;
    struct lanes *lanes;

    (void)state;
    assert_true(lines_init(&lines, trace));
    lanes = lanes_new(trace, &lines, 2, 4); /* moments 0-3, 4-7, 8-10, 11 */
    assert_lane(lanes, 2, "-#--");
    lanes_free(lanes);
    lanes = lanes_new(trace, &lines, 2, 23); /* every other column */
    assert_lane(lanes, 2, "      ------..##-------");
    assert_int_equal(lanes_column(&lines, 11, 23), 22);
    lanes_free(lanes);
    lines_release(&lines);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_each),
        cmocka_unit_test(test_other_widths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
