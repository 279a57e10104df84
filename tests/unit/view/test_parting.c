/* test_parting.c -- where two runs part, and both told side by side. */
#include "unit/view/tale.h"

#include "view/parting.h"

#include <locale.h>

/* Two goroutines take two locks; the second goes first after so many events in common. */
static struct trace *locks_tale(bool fails)
{
    struct trace *trace = tale_new();

    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_MUTEX,
         .text = tale_text(trace, "a"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 2, .extra = OBJECT_MUTEX,
         .text = tale_text(trace, "b"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(trace, "first"));
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 3, .text = tale_text(trace, "second"));
    TELL(trace, .kind = EVENT_LOCK, .g = 2, .obj = 1); /* 4 */
    if (fails) {
        TELL(trace, .kind = EVENT_OPTION, .g = 3, .obj = 2);
        TELL(trace, .kind = EVENT_LOCK, .g = 3, .obj = 2);
        TELL(trace, .kind = EVENT_BLOCK, .g = 2, .obj = 2, .extra = WAIT_LOCK);
        TELL(trace, .kind = EVENT_BLOCK, .g = 3, .obj = 1, .extra = WAIT_LOCK);
    } else {
        TELL(trace, .kind = EVENT_LOCK, .g = 2, .obj = 2);
        TELL(trace, .kind = EVENT_UNLOCK, .g = 2, .obj = 2);
        TELL(trace, .kind = EVENT_UNLOCK, .g = 2, .obj = 1);
    }
    return trace;
}

static void test_find(void **state)
{
    struct trace *one = locks_tale(true), *other = locks_tale(false), *shorter = locks_tale(false);
    uint32_t in_one, in_other;

    (void)state;
    parting_find(one, other, &in_one, &in_other);
    assert_int_equal(in_one, 6); /* its options do not count */
    assert_int_equal(in_other, 5);
    shorter->count = 6;
    parting_find(shorter, other, &in_one, &in_other);
    assert_int_equal(in_one, 6);
    assert_int_equal(in_other, 6);
    parting_find(other, other, &in_one, &in_other);
    assert_int_equal(in_one, other->count);
    free(one);
    free(other);
    free(shorter);
}

static char *picture(const struct parting *parting, int rows, int cols, int first, int *all)
{
    struct grid grid;
    char *text;

    assert_true(grid_init(&grid, rows, cols, true));
    *all = parting_draw(parting, &grid, (struct rect){0, 0, rows, cols}, first);
    text = grid_text(&grid);
    grid_release(&grid);
    return text;
}

static void test_picture(void **state)
{
    struct trace *failing = locks_tale(true), *passing = locks_tale(false);
    struct findings findings = {
        .count = 1,
        .at = {{.kind = FINDING_DEADLOCK, .event = 8, .at = {.g = 2, .event = 7},
                .other = {.event = UINT32_MAX}}},
    };
    struct parting *parting = parting_new(failing, &findings, passing, false, NULL);
    char *text, *end;
    int rows, again;

    (void)state;
    assert_non_null(parting);
    assert_int_equal(parting_event(parting, false), 6);
    assert_int_equal(parting_event(parting, true), 5);
    text = picture(parting, 24, 80, 0, &rows);
    /* the deadlock's sentence is tested with the words */
    end = strstr(text, "blocks: a is locked");
    assert_non_null(end);
    *end = '\0';
    assert_string_equal(text,
                        "The first 4 steps are the same in both runs.\n"
                        "\n"
                        "   1  main makes mutex a, makes mutex b\n"
                        "   2  main starts first\n"
                        "   3  main starts second\n"
                        "   4  first locks a\n"
                        "--- here they part ----------------------------"
                        "---------------------------------\n"
                        "the run that fails                       a run that passes\n"
                        "   5  second locks b; first blocks: b  |    5  first locks b\n"
                        "      is locked by second; second      |\n"
                        "      ");
    free(text);
    text = picture(parting, 4, 80, rows - 1, &again); /* scrolled: the last row alone */
    assert_int_equal(again, rows);
    assert_non_null(strstr(text, "it ends without a fault"));
    free(text);
    parting_free(parting);
    parting = parting_new(failing, &findings, passing, true, NULL);
    text = picture(parting, 24, 80, 0, &rows);
    assert_non_null(strstr(text, "both runs. No run that passes has more in\ncommon with it.\n"));
    assert_non_null(strstr(text, "the run that fails                       the nearest run that passes\n"));
    free(text);
    parting_free(parting);
    free(failing);
    free(passing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_picture),
    };

    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
