/* test_limiter.c -- tokens by virtual time. */
#include "unit/sync/bench.h"

#include "sync/limiter.h"

static struct outcomes found;
static struct limiter *limiter;
static struct context *ctx;

/* One token in 10 ns, at most 3. */
static void begin(void)
{
    limiter = limiter_make(run_current, 10, 3, NULL);
    ctx = context_background(run_current);
}

static void allows(void *arg)
{
    (void)arg;
    begin();
    for (int i = 0; i < 4; i++)
        see(limiter_allow(run_current, limiter, 1));
    clock_sleep(run_current, 9);
    see(limiter_allow(run_current, limiter, 1));
    clock_sleep(run_current, 1);
    see(limiter_allow(run_current, limiter, 1));
    clock_sleep(run_current, 1000);
    see(limiter_allow(run_current, limiter, 4));
    see(limiter_allow(run_current, limiter, 3));
}

static void allow_takes_what_is_there(void **state)
{
    (void)state;
    runs(allows, "1/0 1:1 1:1 1:1 1:0 1:0 1:1 1:0 1:1");
}

static void reserves(void *arg)
{
    struct reservation r, later;

    (void)arg;
    begin();
    see((int)limiter_reserve(run_current, limiter, 3).delay);
    r = limiter_reserve(run_current, limiter, 2);
    see((int)r.delay);
    later = limiter_reserve(run_current, limiter, 1);
    see((int)later.delay);
    see(limiter_reserve(run_current, limiter, 4).ok);
    limiter_cancel(run_current, limiter, &later);
    see((int)limiter_reserve(run_current, limiter, 1).delay);
    /* of r's two tokens one has been built on */
    limiter_cancel(run_current, limiter, &r);
    see((int)limiter_reserve(run_current, limiter, 1).delay);
}

/* 3 at once; 2 more at 20; 1 more at 30; never 4; 30 is free again; then of the 2 one comes
 * back, so the next is at 30 again. */
static void reservations_add_up(void **state)
{
    (void)state;
    runs(reserves, "1/0 1:0 1:20 1:30 1:0 1:30 1:30");
}

static void waits(void *arg)
{
    char text[100];
    enum limiter_error error;

    (void)arg;
    begin();
    for (int i = 0; i < 5; i++) {
        see((int)limiter_wait(run_current, limiter, 1, ctx));
        see((int)run_current->now);
    }
    error = limiter_wait(run_current, limiter, 4, ctx);
    limiter_error_text(limiter, error, 4, text, sizeof text);
    assert_string_equal(text, "rate: Wait(n=4) exceeds limiter's burst 3");
    ctx = context_with_timeout(run_current, ctx, 15);
    error = limiter_wait(run_current, limiter, 2, ctx);
    limiter_error_text(limiter, error, 2, text, sizeof text);
    assert_string_equal(text, "rate: Wait(n=2) would exceed context deadline");
    see((int)limiter_wait(run_current, limiter, 1, ctx));
    see((int)run_current->now);
    clock_sleep(run_current, 5);
    see((int)limiter_wait(run_current, limiter, 1, ctx));
}

static void wait_waits(void **state)
{
    char expected[100];

    (void)state;
    snprintf(expected, sizeof expected,
             "1/0 1:0 1:0 1:0 1:0 1:0 1:0 1:0 1:10 1:0 1:20 1:0 1:30 1:%d", LIMITER_CANCELLED);
    runs(waits, expected);
}

static void canceller(void *arg)
{
    clock_sleep(run_current, 5);
    context_cancel(run_current, arg);
}

static void is_cancelled(void *arg)
{
    (void)arg;
    begin();
    ctx = context_with_cancel(run_current, ctx);
    start(canceller, ctx);
    limiter_allow(run_current, limiter, 3);
    see((int)limiter_wait(run_current, limiter, 3, ctx));
    see((int)run_current->now);
    /* its tokens are back: what has come in 5 ns is there, 5 ns are missing for one */
    see((int)limiter_reserve(run_current, limiter, 1).delay);
}

static void a_cancelled_wait_gives_back(void **state)
{
    char expected[100];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:%d 1:5 1:5", LIMITER_CANCELLED);
    runs(is_cancelled, expected);
    explores(is_cancelled, 1, &found);
}

static void no_limit(void *arg)
{
    (void)arg;
    limiter = limiter_make(run_current, 0, 0, NULL);
    see((int)limiter_wait(run_current, limiter, 1000, NULL));
    see((int)run_current->now);
}

static void without_interval_there_is_no_limit(void **state)
{
    (void)state;
    runs(no_limit, "1/0 1:0 1:0");
}

static void huge(void *arg)
{
    (void)arg;
    limiter = limiter_make(run_current, INT64_MAX, INT64_MAX, NULL);
    see((int)limiter->burst);
    see(limiter_allow(run_current, limiter, 1));
    for (int i = 0; i < 3; i++)
        see(limiter_reserve(run_current, limiter, 1).ok);
    limiter = limiter_make(run_current, -1, -1, NULL);
    see(limiter_allow(run_current, limiter, 1));
}

static void huge_figures_do_not_overflow(void **state)
{
    (void)state;
    runs(huge, "1/0 1:1 1:1 1:0 1:0 1:0 1:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(allow_takes_what_is_there), T(reservations_add_up), T(wait_waits),
        T(a_cancelled_wait_gives_back), T(without_interval_there_is_no_limit),
        T(huge_figures_do_not_overflow),
    };
    return cmocka_run_group_tests_name("limiter", tests, NULL, NULL);
}
