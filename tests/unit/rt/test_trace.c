/* test_trace.c -- events and text in one flat block. */
#include "rt/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void test_events(void **state)
{
    struct trace *trace = trace_new(2, 16), *copy;
    struct event send = {.kind = EVENT_SEND, .g = 1, .obj = 3};
    struct event block = {.kind = EVENT_BLOCK, .g = 2};

    (void)state;
    trace_add(trace, &send);
    trace_add(trace, &block);
    trace_add(trace, &send);
    assert_int_equal(trace->count, 2);
    assert_int_equal(trace->steps, 1); /* blocking is no step */
    assert_int_equal(trace->dropped, 1);
    copy = trace_dup(trace);
    assert_int_equal(copy->count, 2);
    assert_memory_equal(copy->events, trace->events, 2 * sizeof(struct event));
    trace_clear(trace);
    assert_int_equal(trace->count + trace->steps + trace->dropped, 0);
    assert_int_equal(copy->events[0].obj, 3);
    free(trace);
    free(copy);
}

static void test_text(void **state)
{
    struct trace *trace = trace_new(1, 12);
    uint32_t jobs, again, other;

    (void)state;
    jobs = trace_text_add(trace, "jobs", 4);
    again = trace_text_add(trace, "jobs", 4);
    assert_int_equal(jobs, again); /* the same as stored last is not stored twice */
    other = trace_text_add(trace, "obs", 3);
    assert_int_not_equal(other, jobs);
    assert_string_equal(trace_text(trace, jobs), "jobs");
    assert_string_equal(trace_text(trace, other), "obs");
    assert_int_equal(trace_text_add(trace, "too long", 8), 0);
    assert_int_equal(trace->text_dropped, 1);
    assert_int_equal(trace_text_add(trace, "", 0), 0);
    assert_string_equal(trace_text(trace, 0), "");
    assert_string_equal(trace_text(trace, 9999), "");
    free(trace);
}

static void test_steps(void **state)
{
    (void)state;
    assert_true(event_is_step(&(struct event){.kind = EVENT_CLOSE, .g = 1}));
    assert_false(event_is_step(&(struct event){.kind = EVENT_GO, .g = 1}));
    assert_false(event_is_step(&(struct event){.kind = EVENT_CANCEL, .g = 0}));           /* the clock's */
    assert_true(event_is_step(&(struct event){.kind = EVENT_CANCEL, .g = 1}));
    assert_false(event_is_step(&(struct event){.kind = EVENT_CANCEL, .g = 1, .other = 2})); /* a child's */
    assert_true(event_is_step(&(struct event){.kind = EVENT_END, .g = 1}));
    assert_false(event_is_step(&(struct event){.kind = EVENT_END, .g = 2}));
    assert_false(event_is_step(&(struct event){.kind = 255, .g = 2}));
    assert_string_equal(event_name(EVENT_WG_ADD), "WG_ADD");
    assert_string_equal(event_name((enum event_kind)255), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
