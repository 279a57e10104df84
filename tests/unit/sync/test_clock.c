/* test_clock.c -- timers set anew, timers that start functions. */
#include "unit/sync/bench.h"

static struct outcomes found;

static int64_t tick(const struct clock_timer *timer)
{
    int64_t when = -1;
    bool ok;

    chan_recv(run_current, timer->chan, &when, &ok);
    return when;
}

static void resets(void *arg)
{
    struct clock_timer *timer = clock_after(run_current, 10);
    bool was;

    (void)arg;
    must(clock_reset(run_current, timer, 20, &was));
    see(was);
    see((int)tick(timer));
    must(clock_reset(run_current, timer, 5, &was));
    see(was);
    see((int)tick(timer));
    must(clock_reset(run_current, timer, 5, &was));
    see(clock_stop(run_current, timer));
    see(clock_stop(run_current, timer));
    clock_sleep(run_current, 100);
    see((int)chan_len(timer->chan));
}

static void a_timer_counts_anew(void **state)
{
    (void)state;
    runs(resets, "1/0 1:1 1:20 1:0 1:25 1:1 1:0 1:0");
}

/* Nobody took the first tick: it lies there still, and is what comes first. */
static void stale(void *arg)
{
    struct clock_timer *timer = clock_after(run_current, 10);
    bool was;

    (void)arg;
    clock_sleep(run_current, 30);
    must(clock_reset(run_current, timer, 100, &was));
    see(was);
    see((int)tick(timer));
    see((int)run_current->now);
}

static void an_old_tick_stays(void **state)
{
    (void)state;
    runs(stale, "1/0 1:0 1:10 1:30");
}

static void ticker_resets(void *arg)
{
    enum fault fault;
    struct clock_timer *ticker = clock_ticker(run_current, 10, &fault);
    bool was;

    (void)arg;
    see((int)tick(ticker));
    must(clock_reset(run_current, ticker, 25, &was));
    see(was);
    see((int)tick(ticker));
    see((int)tick(ticker));
    clock_stop(run_current, ticker);
    must(clock_reset(run_current, ticker, 1, &was));
    see(was);
    see((int)tick(ticker));
    see((int)clock_reset(run_current, ticker, 0, &was));
}

static void a_ticker_changes_its_period(void **state)
{
    char expected[100];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:10 1:1 1:35 1:60 1:0 1:61 1:%d", FAULT_TICKER_RESET);
    runs(ticker_resets, expected);
}

static void function(void *arg)
{
    see((int)run_current->now);
    see((int)(intptr_t)arg);
}

static void after_funcs(void *arg)
{
    struct clock_timer *stopped, *again;
    bool was;

    (void)arg;
    clock_after_func(run_current, 30, function, (void *)1, "f");
    again = clock_after_func(run_current, 10, function, (void *)2, NULL);
    stopped = clock_after_func(run_current, 20, function, (void *)3, NULL);
    see(clock_stop(run_current, stopped));
    clock_sleep(run_current, 15);
    must(clock_reset(run_current, again, 50, &was));
    see(was);
    clock_sleep(run_current, 100);
    clock_after_func(run_current, 1, function, (void *)4, NULL);
}

/* 2 at 10, 1 at 30, 2 again at 65; the last one would start when all is over. */
static void after_func_starts_a_goroutine(void **state)
{
    (void)state;
    runs(after_funcs, "1/0 1:1 1:0 2:10 2:2 3:30 3:1 4:65 4:2");
    explores(after_funcs, 1, &found);
}

static void started_by_the_clock(void *arg)
{
    (void)arg;
    run_current->self->line = 17;
    clock_after_func(run_current, 30, function, NULL, "f");
    clock_sleep(run_current, 40);
}

static void its_start_is_the_clock_s(void **state)
{
    struct run run;
    bool told = false;

    (void)state;
    assert_true(bench_init(&run, true));
    unsee();
    bench_run(&run, NULL, started_by_the_clock);
    for (uint32_t i = 0; i < run.trace->count; i++) {
        const struct event *e = &run.trace->events[i];

        if (e->kind != EVENT_GO)
            continue;
        told = true;
        assert_int_equal(e->g, 0);
        assert_int_equal(e->other, 2);
        assert_int_equal(e->obj, 1);
        assert_int_equal(e->time, 30);
        assert_string_equal(trace_text(run.trace, e->text), "f");
    }
    assert_true(told);
    bench_release(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_timer_counts_anew), T(an_old_tick_stays), T(a_ticker_changes_its_period),
        T(after_func_starts_a_goroutine), T(its_start_is_the_clock_s),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
