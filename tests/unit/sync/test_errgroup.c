/* test_errgroup.c -- the first error counts and cancels; the limit holds. */
#include "unit/sync/bench.h"

#include "sync/cell.h"
#include "sync/errgroup.h"

static struct outcomes found;
static struct errgroup *group;
static struct atomic *together;
static int error; /* the group's, as the face keeps it */

static void fails(void *arg)
{
    if (errgroup_fail(run_current, group, "broken"))
        error = (int)(intptr_t)arg;
    errgroup_end(run_current, group);
}

static void two_fail(void *arg)
{
    (void)arg;
    group = errgroup_make(run_current, NULL, NULL);
    error = 0;
    errgroup_begin(run_current, group);
    start(fails, (void *)7);
    errgroup_begin(run_current, group);
    start(fails, (void *)8);
    errgroup_wait(run_current, group);
    see(error);
}

static void one_error_wins(void **state)
{
    (void)state;
    explores(two_fail, 2, &found);
    assert_true(has_outcome(&found, "1/0 1:7"));
    assert_true(has_outcome(&found, "1/0 1:8"));
}

static void until_cancelled(void *arg)
{
    bool ok;

    (void)arg;
    chan_recv(run_current, group->context->done, NULL, &ok);
    errgroup_end(run_current, group);
}

static void cancels(void *arg)
{
    struct context *root = context_background(run_current);

    group = errgroup_make(run_current, root, NULL);
    errgroup_begin(run_current, group);
    start(until_cancelled, NULL);
    if (arg) {
        errgroup_begin(run_current, group);
        start(fails, arg);
    }
    errgroup_wait(run_current, group);
    see((int)context_look(run_current, group->context));
}

static void with_error(void *arg)
{
    (void)arg;
    cancels((void *)1);
}

static void without_error(void *arg)
{
    (void)arg;
    cancels(NULL);
}

static void the_first_error_cancels(void **state)
{
    char cancelled[40], stuck[40];

    (void)state;
    snprintf(cancelled, sizeof cancelled, "1/0 1:%d", CONTEXT_CANCELED);
    snprintf(stuck, sizeof stuck, "%d/2", RUN_DEADLOCK);
    explores(with_error, 1, &found);
    runs(with_error, cancelled);
    runs(without_error, stuck);
}

static void only_wait(void *arg)
{
    (void)arg;
    group = errgroup_make(run_current, context_background(run_current), NULL);
    errgroup_wait(run_current, group);
    see((int)context_look(run_current, group->context));
}

static void wait_cancels_in_the_end(void **state)
{
    char expected[40];

    (void)state;
    snprintf(expected, sizeof expected, "1/0 1:%d", CONTEXT_CANCELED);
    runs(only_wait, expected);
}

static void counts(void *arg)
{
    (void)arg;
    see((int)atomic_add(run_current, together, 1));
    atomic_add(run_current, together, -1);
    errgroup_end(run_current, group);
}

static void limited(void *arg)
{
    (void)arg;
    group = errgroup_make(run_current, NULL, NULL);
    together = atomic_make(run_current, 0, NULL);
    assert_int_equal(errgroup_set_limit(run_current, group, 1), 0);
    for (int i = 0; i < 3; i++) {
        errgroup_begin(run_current, group);
        start(counts, NULL);
    }
    errgroup_wait(run_current, group);
}

static void a_limit_of_one_is_one_at_a_time(void **state)
{
    (void)state;
    explores(limited, 1, &found);
    assert_string_equal(found.at[0], "1/0 2:1 3:1 4:1");
}

static int tried(void)
{
    bool begun;

    assert_int_equal(errgroup_try_begin(run_current, group, &begun), FAULT_NONE);
    return begun;
}

static void tries(void *arg)
{
    char text[100];

    (void)arg;
    group = errgroup_make(run_current, NULL, NULL);
    see((int)errgroup_set_limit(run_current, group, 2));
    see(tried());
    see(tried());
    see(tried());
    see((int)errgroup_set_limit(run_current, group, 5));
    errgroup_limit_text(2, text, sizeof text);
    assert_string_equal(text, "errgroup: modify limit while 2 goroutines in the group are still "
                              "active");
    errgroup_end(run_current, group);
    errgroup_end(run_current, group);
    see((int)errgroup_set_limit(run_current, group, -1));
    see(tried());
}

static void try_go_and_the_limit(void **state)
{
    (void)state;
    runs(tries, "1/0 1:0 1:1 1:1 1:0 1:2 1:0 1:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(one_error_wins), T(the_first_error_cancels), T(wait_cancels_in_the_end),
        T(a_limit_of_one_is_one_at_a_time), T(try_go_and_the_limit),
    };
    return cmocka_run_group_tests_name("errgroup", tests, NULL, NULL);
}
