/* test_schedule.c -- schedules read, written, taken off traces. */
#include "explore/chance.h"
#include "explore/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char error[200];

static struct schedule parsed(const char *text)
{
    struct schedule schedule = {0};

    error[0] = '\0';
    if (!schedule_parse(&schedule, text, error, sizeof error))
        fail_msg("%s", error);
    return schedule;
}

static void are_same(const struct schedule *a, const struct schedule *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->steps[i].g, b->steps[i].g);
        assert_int_equal(a->steps[i].chosen_case, b->steps[i].chosen_case);
        assert_int_equal(a->steps[i].partner, b->steps[i].partner);
        assert_int_equal(a->steps[i].drawn, b->steps[i].drawn);
    }
}

/* Reads a text and writes it again. */
static void rewrites(const char *text, const char *expected)
{
    struct schedule schedule = parsed(text);
    char *written = schedule_text(&schedule);

    assert_string_equal(written, expected);
    free(written);
    schedule_release(&schedule);
}

static void is_refused(const char *text, const char *message)
{
    struct schedule schedule = {.count = 99};

    error[0] = '\0';
    assert_false(schedule_parse(&schedule, text, error, sizeof error));
    assert_string_equal(error, message);
    assert_int_equal(schedule.count, 99); /* untouched */
}

static void every_part_is_read(void **state)
{
    struct schedule schedule = parsed("1x3 2 2.0 12.34 1@3 4=17 5.6@7 4=0x2");
    struct schedule_step steps[] = {
        {1, -1, 0, -1}, {1, -1, 0, -1}, {1, -1, 0, -1}, {2, -1, 0, -1}, {2, 0, 0, -1},
        {12, 34, 0, -1}, {1, -1, 3, -1}, {4, -1, 0, 17}, {5, 6, 7, -1}, {4, -1, 0, 0},
        {4, -1, 0, 0},
    };
    struct schedule expected = {steps, sizeof steps / sizeof steps[0], 0};

    (void)state;
    are_same(&schedule, &expected);
    schedule_release(&schedule);
}

static void text_is_canonical(void **state)
{
    (void)state;
    rewrites("rr", "rr");
    rewrites("  rr\n", "rr");
    rewrites("1 1 1", "1x3");
    rewrites("\t1x2  1\n2 ", "1x3 2");
    rewrites("1x1", "1");
    rewrites("2.1 2.1 2.0 2", "2.1x2 2.0 2");
    rewrites("1@3 1@3 1@4", "1@3x2 1@4");
    rewrites("4=17 4=17x5", "4=17x6");
    rewrites("3.1@4x2", "3.1@4x2");
    rewrites("4294967295.2147483647@4294967295=4294967295",
             "4294967295.2147483647@4294967295=4294967295");
    rewrites("007", "7");
}

static void mistakes_are_named(void **state)
{
    (void)state;
    is_refused("", "schedule: no step given; 'rr' is round robin at character 1: ''");
    is_refused("   ", "schedule: no step given; 'rr' is round robin at character 4: ''");
    is_refused("1 two 3", "schedule: a number expected at character 3: 'two'");
    is_refused("1 0", "schedule: number too small at character 3: '0'");
    is_refused("1x0", "schedule: number too small at character 3: '0'");
    is_refused("1.", "schedule: a number expected at character 3: ''");
    is_refused("1@0", "schedule: number too small at character 3: '0'");
    is_refused("1=-1", "schedule: a number expected at character 3: '-1'");
    is_refused("4294967296", "schedule: number too large at character 1: '4294967296'");
    is_refused("1.2147483648", "schedule: number too large at character 3: '2147483648'");
    is_refused("99999999999999999999999999",
               "schedule: number too large at character 1: '99999999999999999999'");
    is_refused("2 1,3",
               "schedule: a token such as 1, 2.1, 1@3, 4=17 or 1x3 expected at character 3: '1,3'");
    is_refused("1@2.3",
               "schedule: a token such as 1, 2.1, 1@3, 4=17 or 1x3 expected at character 1: "
               "'1@2.3'");
    is_refused("rr 1", "schedule: 'rr' stands alone at character 4: '1'");
    is_refused("rrr", "schedule: 'rr' stands alone at character 1: 'rrr'");
    is_refused("1 rr", "schedule: a number expected at character 3: 'rr'");
}

/* A short text must not ask for all the memory there is. */
static void length_is_bounded(void **state)
{
    struct schedule schedule;

    (void)state;
    is_refused("1x4000001", "schedule: number too large at character 3: '4000001'");
    is_refused("1x4000000 1", "schedule: too many steps at character 11: '1'");
    schedule = parsed("1x4000000");
    assert_int_equal(schedule.count, SCHEDULE_MAX);
    schedule_release(&schedule);
}

static void a_short_error_buffer_is_kept(void **state)
{
    struct schedule schedule = {0};
    char small[8] = "";

    (void)state;
    assert_false(schedule_parse(&schedule, "x", small, sizeof small));
    assert_int_equal(strlen(small), 7);
}

/* Random schedules survive being written and read. */
static void what_is_written_is_read(void **state)
{
    struct chance chance = chance_of(5, 0);

    (void)state;
    for (int round = 0; round < 500; round++) {
        struct schedule out = {0}, in;
        char *text;

        out.count = out.cap = 1 + chance_below(&chance, 40);
        out.steps = calloc(out.count, sizeof *out.steps);
        for (size_t i = 0; i < out.count; i++) {
            struct schedule_step *step = &out.steps[i];
            if (i > 0 && chance_below(&chance, 2)) {
                *step = step[-1];
                continue;
            }
            step->g = 1 + chance_below(&chance, 4);
            step->chosen_case = (int32_t)chance_below(&chance, 3) - 1;
            step->partner = chance_below(&chance, 3);
            step->drawn = (int64_t)chance_below(&chance, 3) - 1;
        }
        text = schedule_text(&out);
        in = parsed(text);
        are_same(&in, &out);
        free(text);
        schedule_release(&in);
        schedule_release(&out);
    }
}

/* Whatever the bytes: either refused with a message, or read, and then what was read is
 * written and read the same. */
static void any_bytes_are_answered(void **state)
{
    static const char alphabet[] = "0123456789..@@==xx   \trr-,\x01\xff";
    struct chance chance = chance_of(6, 0);
    int accepted = 0;

    (void)state;
    for (int round = 0; round < 200000; round++) {
        char text[24] = "";
        struct schedule schedule = {0}, again = {0};
        size_t len = chance_below(&chance, sizeof text);

        for (size_t i = 0; i < len; i++)
            text[i] = alphabet[chance_below(&chance, sizeof alphabet - 1)];
        error[0] = '\0';
        if (!schedule_parse(&schedule, text, error, sizeof error)) {
            assert_true(error[0] != '\0');
            assert_null(schedule.steps);
            continue;
        }
        accepted++;
        if (schedule.count < 1000) {
            char *written = schedule_text(&schedule);
            assert_true(schedule_parse(&again, written, error, sizeof error));
            are_same(&again, &schedule);
            free(written);
            schedule_release(&again);
        }
        schedule_release(&schedule);
    }
    assert_true(accepted > 1000);
}

static struct trace *trace_of(const struct event *events, size_t n)
{
    struct trace *trace = trace_new(64, 64);

    for (size_t i = 0; i < n; i++)
        trace_add(trace, &events[i]);
    return trace;
}

#define TRACE(...) trace_of((struct event[]){__VA_ARGS__}, \
                            sizeof((struct event[]){__VA_ARGS__}) / sizeof(struct event))

static void is_of_trace(struct trace *trace, const char *expected)
{
    struct schedule schedule;
    char *text;

    assert_true(schedule_of_trace(&schedule, trace));
    text = schedule_text(&schedule);
    assert_string_equal(text, expected);
    assert_int_equal(schedule_mismatch(&schedule, trace), -1);
    free(text);
    schedule_release(&schedule);
    free(trace);
}

static void steps_are_taken_off_a_trace(void **state)
{
    (void)state;
    is_of_trace(TRACE({.kind = EVENT_NONE}), "rr");
    is_of_trace(TRACE({.kind = EVENT_GO, .g = 1, .other = 2}, {.kind = EVENT_YIELD, .g = 1},
                      {.kind = EVENT_BLOCK, .g = 1, .extra = WAIT_RECV},
                      {.kind = EVENT_SEND, .g = 2, .obj = 1, .other = 1},
                      {.kind = EVENT_TIME}, {.kind = EVENT_CLOSE, .g = 2, .obj = 1}),
                "1 2x2");
}

static void choices_are_taken_off_a_trace(void **state)
{
    (void)state;
    is_of_trace(TRACE({.kind = EVENT_SEND, .g = 2, .other = 5, .extra = 3,
                       .flags = EVENT_IN_SELECT},
                      {.kind = EVENT_SEND, .g = 2, .other = 5, .extra = 3,
                       .flags = EVENT_IN_SELECT | EVENT_CASE_CHOSEN},
                      {.kind = EVENT_RECV, .g = 2, .other = 5, .flags = EVENT_PARTNER_CHOSEN},
                      {.kind = EVENT_RECV, .g = 2, .other = 5, .extra = 0,
                       .flags = EVENT_CASE_CHOSEN | EVENT_PARTNER_CHOSEN},
                      {.kind = EVENT_RAND, .g = 3, .value = 7, .extra = 10}),
                "2 2.3 2@5 2.0@5 3=7");
}

/* The clock's cancel and one that followed from another are no steps. */
static void what_follows_is_no_step(void **state)
{
    (void)state;
    is_of_trace(TRACE({.kind = EVENT_CANCEL, .g = 0, .obj = 1},
                      {.kind = EVENT_CANCEL, .g = 2, .obj = 1},
                      {.kind = EVENT_CANCEL, .g = 2, .obj = 3, .other = 1}),
                "2");
}

static void a_last_panic_is_an_entry(void **state)
{
    (void)state;
    is_of_trace(TRACE({.kind = EVENT_YIELD, .g = 1}, {.kind = EVENT_PANIC, .g = 3}), "1 3");
    /* not the last: only its goroutine ended */
    is_of_trace(TRACE({.kind = EVENT_YIELD, .g = 1}, {.kind = EVENT_PANIC, .g = 3},
                      {.kind = EVENT_END, .g = 3}, {.kind = EVENT_YIELD, .g = 2}),
                "1 2");
}

static void mismatch(const char *text, int64_t expected)
{
    struct trace *trace = TRACE({.kind = EVENT_YIELD, .g = 1},
                                {.kind = EVENT_SEND, .g = 2, .other = 4, .extra = 1},
                                {.kind = EVENT_RAND, .g = 1, .value = 3});
    struct schedule schedule = parsed(text);

    assert_int_equal(schedule_mismatch(&schedule, trace), expected);
    schedule_release(&schedule);
    free(trace);
}

static void mismatches_are_found(void **state)
{
    (void)state;
    mismatch("rr", -1);
    mismatch("1", -1);
    mismatch("1 2 1", -1);
    mismatch("1 2.1@4 1=3", -1);
    mismatch("2", 0);
    mismatch("1 1", 1);
    mismatch("1 2.0", 1);
    mismatch("1 2@3", 1);
    mismatch("1 2 1=4", 2);
    mismatch("1=3", 0);
    mismatch("1@4", 0);
    mismatch("1 2 1 1", 3); /* longer than the run */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_read),
        cmocka_unit_test(text_is_canonical),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(length_is_bounded),
        cmocka_unit_test(a_short_error_buffer_is_kept),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(any_bytes_are_answered),
        cmocka_unit_test(steps_are_taken_off_a_trace),
        cmocka_unit_test(choices_are_taken_off_a_trace),
        cmocka_unit_test(what_follows_is_no_step),
        cmocka_unit_test(a_last_panic_is_an_entry),
        cmocka_unit_test(mismatches_are_found),
    };
    return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
