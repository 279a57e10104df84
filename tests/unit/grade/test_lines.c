/* test_lines.c -- a run as moments, one sentence each. */
#include "unit/view/tale.h"

#include "grade/lines.h"

static void test_moments(void **state)
{
    static const uint32_t first[] = {0, 0, 3, 4, 6, 7, 9, 10, 12, 13, 15, 17, 20};
    struct trace *trace = pool_tale();
    struct lines lines;

    (void)state;
    assert_true(lines_init(&lines, trace));
    assert_int_equal(lines.count, 12);
    for (uint32_t m = 0; m <= 12; m++)
        assert_int_equal(lines.first[m], first[m]);
    assert_int_equal(lines_of_event(&lines, 0), 1);
    assert_int_equal(lines_of_event(&lines, 2), 1);
    assert_int_equal(lines_of_event(&lines, 3), 2);
    assert_int_equal(lines_of_event(&lines, 16), 10);
    assert_int_equal(lines_of_event(&lines, UINT32_MAX), 11);
    lines_release(&lines);
    free(trace);
}

/* Facts that are no step of their own: with the step, with the clock, or a pause of their own. */
static void test_facts(void **state)
{
    struct trace *trace = tale_new();
    struct names *names;
    struct lines lines;
    struct text out = {0};

    (void)state;
    TELL(trace, .kind = EVENT_GO, .g = 1, .other = 2, .text = tale_text(trace, "worker")); /* 1 */
    TELL(trace, .kind = EVENT_SLEEP, .g = 2, .value = 5);                                   /* 2 */
    TELL(trace, .kind = EVENT_BLOCK, .g = 2, .extra = WAIT_SLEEP);
    TELL(trace, .kind = EVENT_TIME, .time = 5);                                             /* 3 */
    TELL(trace, .kind = EVENT_WAKE, .g = 2, .time = 5);
    TELL(trace, .kind = EVENT_YIELD, .g = 2, .time = 5);                                    /* 4 */
    TELL(trace, .kind = EVENT_END, .g = 2, .time = 5);
    TELL(trace, .kind = EVENT_END, .g = 1, .time = 5);                                      /* 5 */
    names = names_new(trace, NULL);
    assert_true(lines_init(&lines, trace));
    assert_int_equal(lines.count, 6);
    assert_false(lines_sentence(&out, &lines, trace, names, 0, false));
    assert_false(lines_sentence(&out, &lines, trace, names, 6, false));
    assert_true(lines_sentence(&out, &lines, trace, names, 2, false));
    assert_string_equal(text_string(&out), "worker sleeps for 5ns");
    text_clear(&out);
    assert_true(lines_sentence(&out, &lines, trace, names, 3, false));
    assert_string_equal(text_string(&out), "the clock moves on to 5ns; worker wakes up");
    text_clear(&out);
    assert_true(lines_sentence(&out, &lines, trace, names, 4, false));
    assert_string_equal(text_string(&out), "worker gives way and ends");
    text_clear(&out);
    assert_true(lines_sentence(&out, &lines, trace, names, 5, false));
    assert_string_equal(text_string(&out), "main returns");
    text_release(&out);
    lines_release(&lines);
    names_free(names);
    free(trace);
}

/* What is cancelled with a context is the subject of its own sentence. */
static void test_cancelled_with(void **state)
{
    struct trace *trace = tale_new();
    struct names *names;
    struct lines lines;
    struct text out = {0};

    (void)state;
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 1, .extra = OBJECT_CONTEXT,
         .text = tale_text(trace, "ctx"));
    TELL(trace, .kind = EVENT_MAKE, .g = 1, .obj = 2, .extra = OBJECT_CONTEXT, .other = 1,
         .text = tale_text(trace, "child"));
    TELL(trace, .kind = EVENT_CANCEL, .g = 1, .obj = 1);
    TELL(trace, .kind = EVENT_CANCEL, .g = 1, .obj = 2, .other = 1);
    TELL(trace, .kind = EVENT_BLOCK, .g = 1, .extra = WAIT_NIL_RECV);
    names = names_new(trace, NULL);
    assert_true(lines_init(&lines, trace));
    assert_true(lines_sentence(&out, &lines, trace, names, lines_of_event(&lines, 2), false));
    assert_int_equal(strncmp(text_string(&out), "main cancels ctx; child is cancelled with ctx; main ",
                             52), 0);
    text_release(&out);
    lines_release(&lines);
    names_free(names);
    free(trace);
}

/* Many facts of one moment are counted, not told. */
static void test_many_facts(void **state)
{
    struct trace *trace = tale_new();
    struct names *names;
    struct lines lines;
    struct text out = {0};

    (void)state;
    TELL(trace, .kind = EVENT_TIME, .time = 5);
    for (uint32_t g = 2; g <= 9; g++)
        TELL(trace, .kind = EVENT_WAKE, .g = g, .time = 5);
    names = names_new(trace, NULL);
    assert_true(lines_init(&lines, trace));
    assert_true(lines_sentence(&out, &lines, trace, names, 1, false));
    assert_string_equal(text_string(&out),
                        "the clock moves on to 5ns; goroutine 2 wakes up; goroutine 3 wakes up; "
                        "goroutine 4 wakes up; and 5 more");
    text_release(&out);
    lines_release(&lines);
    names_free(names);
    free(trace);
}

static void test_empty(void **state)
{
    struct trace *trace = tale_new();
    struct lines lines;

    (void)state;
    assert_true(lines_init(&lines, trace));
    assert_int_equal(lines.count, 1);
    assert_int_equal(lines_of_event(&lines, UINT32_MAX), 0);
    lines_release(&lines);
    free(trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_cancelled_with),
        cmocka_unit_test(test_many_facts),
        cmocka_unit_test(test_empty),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
