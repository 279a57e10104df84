/* test_leak.c -- contexts nobody cancels, on real runs. */
#include "check/check.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct findings found;

/* The leaks of one run, round robin. */
static uint32_t leaks(void (*main)(void *))
{
    struct watcher *rest = rest_new(&found), *leak = leak_new(&found);
    struct strategy *strategy = round_robin_new();
    struct run run;

    found = (struct findings){0};
    assert_true(bench_init(&run, true));
    run.watchers = rest;
    rest->next = leak;
    bench_run(&run, strategy, main);
    bench_release(&run);
    strategy->free(strategy);
    rest_free(rest);
    leak_free(leak);
    return found.count;
}

static struct context *root(void)
{
    return context_background(run_current);
}

static void forgotten(void *arg)
{
    (void)arg;
    context_with_cancel(run_current, root());
}

static void forgotten_timeout(void *arg)
{
    (void)arg;
    context_with_timeout(run_current, root(), 1000);
}

static void cancelled(void *arg)
{
    (void)arg;
    context_cancel(run_current, context_with_cancel(run_current, root()));
}

static void timed_out(void *arg)
{
    (void)arg;
    context_with_timeout(run_current, root(), 1000);
    clock_sleep(run_current, 2000);
}

static void parent_cancelled(void *arg)
{
    struct context *parent = context_with_cancel(run_current, root());

    (void)arg;
    context_with_cancel(run_current, parent);
    context_with_value(run_current, parent);
    context_cancel(run_current, parent);
}

static void nothing_to_cancel(void *arg)
{
    (void)arg;
    context_without_cancel(run_current, context_with_value(run_current, root()));
}

static void wait_and_cancel(void *arg)
{
    clock_sleep(run_current, 5000);
    context_cancel(run_current, arg);
}

/* Another goroutine cancels it, when its deadline has passed and main has gone. */
static void cancelled_later(void *arg)
{
    (void)arg;
    run_go(run_current, wait_and_cancel, context_with_timeout(run_current, root(), 1000), NULL);
}

static void tick(void *stop)
{
    enum fault fault;
    struct clock_timer *ticker = clock_ticker(run_current, 10, &fault);
    int64_t now;
    bool ok;

    chan_recv(run_current, ticker->chan, &now, &ok);
    if (stop)
        clock_stop(run_current, ticker);
}

static void ticks_on(void *arg)
{
    (void)arg;
    run_go(run_current, tick, NULL, NULL);
    clock_sleep(run_current, 100);
}

static void ticks_and_stops(void *arg)
{
    static char stop;

    (void)arg;
    run_go(run_current, tick, &stop, NULL);
    clock_sleep(run_current, 100);
}

/* With main the program is over, and so are its tickers; and a timer fires once. */
static void ticks_in_main(void *arg)
{
    tick(arg);
    clock_after(run_current, 1000);
}

static void wait_for_ever(void *arg)
{
    (void)arg;
    receive(ints(0), NULL);
}

static void both(void *arg)
{
    (void)arg;
    context_with_cancel(run_current, root());
    run_go(run_current, wait_for_ever, NULL, NULL);
}

static void who_is_never_cancelled_leaks(void **state)
{
    (void)state;
    assert_int_equal(leaks(forgotten), 1);
    assert_int_equal(found.at[0].kind, FINDING_LEAK);
    assert_int_equal(found.at[0].value, 2);
    assert_int_equal(found.at[0].obj, 2); /* Background is 1 */
    assert_int_equal(found.at[0].at.g, 1);
    assert_int_equal(leaks(forgotten_timeout), 1);
}

static void what_has_ended_holds_nothing(void **state)
{
    (void)state;
    assert_int_equal(leaks(cancelled), 0);
    assert_int_equal(leaks(timed_out), 0);
    assert_int_equal(leaks(parent_cancelled), 0);
    assert_int_equal(leaks(nothing_to_cancel), 0);
    assert_int_equal(leaks(cancelled_later), 0);
}

static void a_goroutine_that_leaks_is_told_instead(void **state)
{
    (void)state;
    assert_int_equal(leaks(both), 1);
    assert_int_equal(found.at[0].at.g, 2);
}

static void a_ticker_outlives_who_made_it(void **state)
{
    (void)state;
    assert_int_equal(leaks(ticks_on), 1);
    assert_int_equal(found.at[0].kind, FINDING_LEAK);
    assert_int_equal(found.at[0].value, 3);
    assert_int_equal(found.at[0].obj, 1);
    assert_int_equal(found.at[0].at.g, 2);
    assert_int_equal(leaks(ticks_and_stops), 0);
    assert_int_equal(leaks(ticks_in_main), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_never_cancelled_leaks),
        cmocka_unit_test(what_has_ended_holds_nothing),
        cmocka_unit_test(a_goroutine_that_leaks_is_told_instead),
        cmocka_unit_test(a_ticker_outlives_who_made_it),
    };
    return cmocka_run_group_tests_name("leak", tests, NULL, NULL);
}
