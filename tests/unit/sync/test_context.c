/* test_context.c -- contexts with values, without cancel, and what starts after them. */
#include "unit/sync/bench.h"

static struct outcomes found;
static struct context *root, *ctx;

static bool is_done(const struct context *context)
{
    return context->done && context->done->closed;
}

static void values(void *arg)
{
    struct context *value, *child;

    (void)arg;
    root = context_background(run_current);
    assert_null(context_with_value(run_current, root)->done);
    ctx = context_with_cancel(run_current, root);
    value = context_with_value(run_current, context_with_value(run_current, ctx));
    child = context_with_timeout(run_current, value, 50);
    assert_ptr_equal(value->done, ctx->done);
    see((int)context_look(run_current, value));
    clock_sleep(run_current, 50);
    see((int)context_look(run_current, child));
    see((int)context_look(run_current, value));
    assert_ptr_equal(child->cause, child);
    child = context_with_cancel(run_current, value);
    context_cancel(run_current, ctx);
    see((int)context_look(run_current, value));
    see((int)context_look(run_current, child));
    assert_true(is_done(child));
    assert_ptr_equal(child->cause, ctx);
    /* born cancelled */
    child = context_with_cancel(run_current, value);
    assert_int_equal(context_error(child), CONTEXT_CANCELED);
    assert_ptr_equal(child->cause, ctx);
}

static void a_value_hangs_on_its_parent(void **state)
{
    char expected[100];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:0 1:%d 1:0 1:%d 1:%d", CONTEXT_DEADLINE,
             CONTEXT_CANCELED, CONTEXT_CANCELED);
    runs(values, expected);
}

static void goes_on(void *arg)
{
    struct context *apart, *below;

    (void)arg;
    ctx = context_with_timeout(run_current, context_background(run_current), 10);
    apart = context_without_cancel(run_current, ctx);
    below = context_with_cancel(run_current, apart);
    assert_null(apart->done);
    assert_int_equal(apart->deadline, -1);
    clock_sleep(run_current, 20);
    see((int)context_look(run_current, ctx));
    see((int)context_look(run_current, apart));
    see((int)context_look(run_current, below));
}

static void without_cancel_goes_on(void **state)
{
    char expected[100];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:%d 1:0 1:0", CONTEXT_DEADLINE);
    runs(goes_on, expected);
}

static void function(void *arg)
{
    (void)arg;
    see((int)run_current->now);
    see((int)context_error(ctx));
}

static void after_deadline(void *arg)
{
    struct context_after *first, *second;

    (void)arg;
    ctx = context_with_timeout(run_current, context_background(run_current), 10);
    first = context_after_func(run_current, ctx, function, NULL, NULL);
    second = context_after_func(run_current, ctx, function, NULL, NULL);
    see(context_after_stop(run_current, second));
    see(context_after_stop(run_current, second));
    clock_sleep(run_current, 20);
    see(context_after_stop(run_current, first));
    context_after_func(run_current, ctx, function, NULL, NULL);
    clock_sleep(run_current, 1);
}

static void after_func_runs_once_cancelled(void **state)
{
    char expected[100];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:1 1:0 1:0 2:10 2:%d 3:20 3:%d", CONTEXT_DEADLINE,
             CONTEXT_DEADLINE);
    runs(after_deadline, expected);
}

static void canceller(void *arg)
{
    context_cancel(run_current, arg);
}

/* The stop comes before the cancel or after it. */
static void race_to_stop(void *arg)
{
    struct context_after *after;

    (void)arg;
    ctx = context_with_cancel(run_current, context_background(run_current));
    after = context_after_func(run_current, ctx, function, NULL, NULL);
    start(canceller, ctx);
    see(context_after_stop(run_current, after));
    clock_sleep(run_current, 1);
}

static void stop_before_or_after(void **state)
{
    char ran[100];

    (void)state;
    snprintf(ran, sizeof ran, "1/0 1:0 3:0 3:%d", CONTEXT_CANCELED);
    explores(race_to_stop, 2, &found);
    assert_true(has_outcome(&found, "1/0 1:1"));
    assert_true(has_outcome(&found, ran));
}

static void polls_err(void *arg)
{
    (void)arg;
    ctx = context_with_cancel(run_current, context_background(run_current));
    start(canceller, ctx);
    while (context_look(run_current, ctx) == CONTEXT_LIVE)
        ;
    see(1);
}

static void who_polls_err_gives_way(void **state)
{
    (void)state;
    runs(polls_err, "1/0 1:1");
    explores(polls_err, 1, &found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_value_hangs_on_its_parent), T(without_cancel_goes_on),
        T(after_func_runs_once_cancelled), T(stop_before_or_after), T(who_polls_err_gives_way),
    };
    return cmocka_run_group_tests_name("context", tests, NULL, NULL);
}
