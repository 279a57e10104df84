/* test_rest.c -- what is said of the end of a run, on hand-made ends. */
#include "check/check.h"
#include "rt/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct run run;
static struct findings found;
static struct watcher *rest;
static struct goroutine goroutines[8];

static enum ready never(struct goroutine *g)
{
    (void)g;
    return READY_NO;
}

static enum ready always(struct goroutine *g)
{
    (void)g;
    return READY_PARTNER;
}

static int setup(void **state)
{
    (void)state;
    memset(&run, 0, sizeof run);
    memset(&found, 0, sizeof found);
    memset(goroutines, 0, sizeof goroutines);
    run.trace = trace_new(64, 256);
    rest = rest_new(&found);
    return run.trace && rest ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    rest_free(rest);
    free(run.trace);
    return 0;
}

static void end(enum run_end how)
{
    run.end = how;
    if (rest->begin)
        rest->begin(rest, &run);
    rest->end(rest, &run);
}

/* A live goroutine at line 10 * id. */
static struct goroutine *live(uint32_t id, enum goroutine_state state)
{
    struct goroutine *g = &goroutines[id];

    g->id = id;
    g->state = state;
    g->line = 10 * id;
    g->prev = run.live_last;
    if (run.live_last)
        run.live_last->next = g;
    else
        run.live = g;
    run.live_last = g;
    return g;
}

static uint32_t event(enum event_kind kind, uint32_t g, uint32_t line)
{
    struct event event = {.kind = (uint8_t)kind, .g = g, .line = line};

    trace_add(run.trace, &event);
    return run.trace->count - 1;
}

/* Blocked on obj, and told so. */
static uint32_t block(struct goroutine *g, enum wait_kind wait, uint32_t obj)
{
    g->wait = wait;
    g->wait_obj = obj;
    g->ready = never;
    g->told = true;
    return event(EVENT_BLOCK, g->id, g->line);
}

static void a_clean_end_is_no_finding(void **state)
{
    (void)state;
    run.main_done = true;
    end(RUN_DONE);
    assert_int_equal(found.count, 0);
    end(RUN_EXIT);
    assert_int_equal(found.count, 0);
}

static void deadlock_is_told_of_main(void **state)
{
    uint32_t at;

    (void)state;
    event(EVENT_BLOCK, 1, 3); /* an earlier one */
    at = block(live(1, G_WAITING), WAIT_RECV, 7);
    block(live(2, G_WAITING), WAIT_SEND, 8);
    end(RUN_DEADLOCK);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].kind, FINDING_DEADLOCK);
    assert_int_equal(found.at[0].obj, 7);
    assert_int_equal(found.at[0].event, at);
    assert_int_equal(found.at[0].at.g, 1);
    assert_int_equal(found.at[0].at.line, 10);
    assert_int_equal(found.at[0].at.event, at);
    assert_int_equal(found.at[0].other.g, 0);
}

static void every_goroutine_left_is_a_leak(void **state)
{
    uint32_t two, five;

    (void)state;
    run.main_done = true;
    two = block(live(2, G_WAITING), WAIT_SEND, 4);
    five = block(live(5, G_WAITING), WAIT_SELECT, 0);
    event(EVENT_TIME, 0, 0);
    end(RUN_DONE);
    assert_int_equal(found.count, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(found.at[i].kind, FINDING_LEAK);
        assert_int_equal(found.at[i].value, 0);
    }
    assert_int_equal(found.at[0].at.g, 2);
    assert_int_equal(found.at[0].at.line, 20);
    assert_int_equal(found.at[0].obj, 4);
    assert_int_equal(found.at[0].at.event, two);
    assert_int_equal(found.at[1].at.g, 5);
    assert_int_equal(found.at[1].obj, 0);
    assert_int_equal(found.at[1].event, five);
}

static void never_ending_is_a_leak_of_its_own_sort(void **state)
{
    struct goroutine *g;
    uint32_t step;

    (void)state;
    run.main_done = true;
    live(2, G_READY);
    live(3, G_RUNNING);
    live(4, G_WAITING); /* at a step that is always possible */
    g = live(5, G_WAITING);
    block(g, WAIT_RECV, 9);
    g->ready = always; /* a partner has come since */
    g = live(6, G_WAITING);
    block(g, WAIT_SLEEP, 0);
    step = event(EVENT_YIELD, 2, 20);
    end(RUN_DONE);
    assert_int_equal(found.count, 5);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(found.at[i].kind, FINDING_LEAK);
        assert_int_equal(found.at[i].value, 1);
        assert_int_equal(found.at[i].obj, 0);
        assert_int_equal(found.at[i].at.g, 2 + i);
        assert_int_equal(found.at[i].at.line, 10 * (2 + i));
        assert_int_equal(found.at[i].event, UINT32_MAX);
    }
    assert_int_equal(found.at[0].at.event, step);
    assert_int_equal(found.at[1].at.event, UINT32_MAX);
}

/* The budget ran out before it could be told that it blocks. */
static void blocked_but_not_told(void **state)
{
    struct goroutine *g;

    (void)state;
    run.main_done = true;
    g = live(2, G_WAITING);
    block(g, WAIT_RECV, 9);
    g->told = false;
    end(RUN_DONE);
    assert_int_equal(found.at[0].value, 0);
    assert_int_equal(found.at[0].obj, 9);
    assert_int_equal(found.at[0].event, UINT32_MAX);
}

static void a_budget_used_up_after_main_is_a_leak(void **state)
{
    (void)state;
    run.main_done = true;
    run.self = live(2, G_RUNNING);
    end(RUN_TICKS);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].kind, FINDING_LEAK);
    assert_int_equal(found.at[0].value, 1);
}

static void a_panic_has_its_text(void **state)
{
    struct event panic = {.kind = EVENT_PANIC, .g = 3, .line = 33};

    (void)state;
    panic.text = trace_text_add(run.trace, "close of closed channel", 23);
    live(1, G_WAITING);
    event(EVENT_YIELD, 1, 5);
    trace_add(run.trace, &panic);
    end(RUN_PANIC);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].kind, FINDING_PANIC);
    assert_int_equal(found.at[0].event, 1);
    assert_int_equal(found.at[0].at.g, 3);
    assert_int_equal(found.at[0].at.line, 33);
    assert_string_equal(trace_text(run.trace, found.at[0].text), "close of closed channel");
}

static void a_false_check_is_a_wrong_answer(void **state)
{
    struct event check = {.kind = EVENT_CHECK, .g = 1, .line = 12};

    (void)state;
    check.text = trace_text_add(run.trace, "sum == 30", 9);
    trace_add(run.trace, &check);
    end(RUN_CHECK);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].kind, FINDING_WRONG_ANSWER);
    assert_int_equal(found.at[0].at.line, 12);
    assert_string_equal(trace_text(run.trace, found.at[0].text), "sum == 30");
}

static void broken_off_runs_say_where(void **state)
{
    static const struct { enum run_end end; enum finding_kind kind; } ends[] = {
        {RUN_LIVELOCK, FINDING_LIVELOCK}, {RUN_STEPS, FINDING_OVER_STEPS},
        {RUN_TICKS, FINDING_OVER_TICKS}, {RUN_MEMORY, FINDING_OVER_MEMORY},
        {RUN_OUTPUT, FINDING_OVER_OUTPUT}, {RUN_STACK, FINDING_STACK},
        {RUN_WILD, FINDING_WILD}, {RUN_UNDEFINED, FINDING_UNDEFINED}, {RUN_DIVERGED, FINDING_DIVERGED},
    };
    enum { N = sizeof ends / sizeof ends[0] };
    uint32_t step;

    (void)state;
    run.self = live(2, G_RUNNING);
    step = event(EVENT_YIELD, 2, 19);
    event(EVENT_YIELD, 1, 5);
    for (int i = 0; i < N; i++)
        end(ends[i].end);
    assert_int_equal(found.count, N);
    for (int i = 0; i < N; i++) {
        assert_int_equal(found.at[i].kind, ends[i].kind);
        assert_int_equal(found.at[i].at.g, 2);
        assert_int_equal(found.at[i].at.line, 20);
        assert_int_equal(found.at[i].at.event, step);
    }
}

/* With nobody running the last event by a goroutine is the place. */
static void broken_off_with_nobody_running(void **state)
{
    (void)state;
    event(EVENT_YIELD, 4, 44);
    event(EVENT_TIME, 0, 0);
    end(RUN_STEPS);
    assert_int_equal(found.at[0].at.g, 4);
    assert_int_equal(found.at[0].at.line, 44);
}

static void works_without_a_trace(void **state)
{
    (void)state;
    free(run.trace);
    run.trace = NULL;
    run.self = live(1, G_WAITING);
    run.self->ready = never;
    end(RUN_DEADLOCK);
    end(RUN_PANIC);
    end(RUN_STEPS);
    assert_int_equal(found.count, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(found.at[i].at.g, 1);
        assert_int_equal(found.at[i].at.line, 10);
        assert_int_equal(found.at[i].at.event, UINT32_MAX);
    }
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_clean_end_is_no_finding), T(deadlock_is_told_of_main),
        T(every_goroutine_left_is_a_leak), T(never_ending_is_a_leak_of_its_own_sort),
        T(blocked_but_not_told), T(a_budget_used_up_after_main_is_a_leak),
        T(a_panic_has_its_text), T(a_false_check_is_a_wrong_answer),
        T(broken_off_runs_say_where), T(broken_off_with_nobody_running),
        T(works_without_a_trace),
    };
    return cmocka_run_group_tests_name("rest", tests, NULL, NULL);
}
