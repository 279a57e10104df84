/* test_once.c -- one runs, all wait for it. */
#include "unit/sync/bench.h"

#include "sync/once.h"

static struct outcomes found;
static struct sync_once *once;
static int made;

static void use(void *arg)
{
    (void)arg;
    if (sync_once_begin(run_current, once)) {
        step();
        made++;
        see(100);
        sync_once_end(run_current, once);
    }
    see(made);
}

static void three_use(void *arg)
{
    (void)arg;
    once = sync_once_make(run_current, NULL);
    made = 0;
    start(use, NULL);
    start(use, NULL);
    use(NULL);
}

/* Whoever is first, nobody sees anything but 1: three outcomes. */
static void one_runs_and_all_wait(void **state)
{
    (void)state;
    explores(three_use, 3, &found);
    for (size_t i = 0; i < found.n; i++)
        assert_null(strstr(found.at[i], ":0"));
}

/* Afterwards to pass commutes with everything: main's and 2's and 3's in one run, but for
 * main's end. */
static void pass(void *arg)
{
    (void)arg;
    see(sync_once_begin(run_current, once));
}

static void all_pass(void *arg)
{
    struct waitgroup *wg = waitgroup_make(run_current, NULL);

    (void)arg;
    once = sync_once_make(run_current, NULL);
    assert_true(sync_once_begin(run_current, once));
    sync_once_end(run_current, once);
    start(pass, NULL);
    start(pass, NULL);
    waitgroup_wait(run_current, wg);
    pass(NULL);
    clock_sleep(run_current, 1);
}

static void passing_commutes(void **state)
{
    (void)state;
    explores(all_pass, 1, &found);
    assert_int_equal(found.ends[RUN_DONE], 1);
}

/* Do within Do of the same Once waits for itself. */
static void within(void *arg)
{
    (void)arg;
    once = sync_once_make(run_current, NULL);
    assert_true(sync_once_begin(run_current, once));
    sync_once_begin(run_current, once);
    see(1);
}

static void do_within_do_deadlocks(void **state)
{
    char expected[40];

    (void)state;
    snprintf(expected, sizeof expected, "%d/1", RUN_DEADLOCK);
    runs(within, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(one_runs_and_all_wait), T(passing_commutes), T(do_within_do_deadlocks),
    };
    return cmocka_run_group_tests_name("once", tests, NULL, NULL);
}
