/* test_deadlock.c -- circles of locks while others go on, on real runs. */
#include "check/check.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct findings found;
static enum run_end ended;

/* The findings of one run, round robin: each goroutine in turn takes a step. */
static uint32_t run_once(void (*main)(void *))
{
    struct watcher *rest = rest_new(&found), *deadlock = deadlock_new(&found);
    struct strategy *strategy = round_robin_new();
    struct run run;

    found = (struct findings){0};
    assert_true(bench_init(&run, true));
    run.limits.steps = 200;
    run.watchers = rest;
    rest->next = deadlock;
    ended = bench_run(&run, strategy, main);
    findings_sort(&found);
    bench_release(&run);
    strategy->free(strategy);
    rest_free(rest);
    deadlock_free(deadlock);
    return found.count;
}

struct pair {
    struct mutex *first, *second;
};

/* Both have their first lock when either asks for its second: the sleep sees to that. */
static void take_both(void *arg)
{
    const struct pair *pair = arg;

    mutex_lock(run_current, pair->first);
    clock_sleep(run_current, 10);
    mutex_lock(run_current, pair->second);
    must(mutex_unlock(run_current, pair->second));
    must(mutex_unlock(run_current, pair->first));
}

static struct mutex *crossed(void)
{
    struct pair *pairs = alloc(2 * sizeof *pairs);
    struct mutex *a = mutex_make(run_current, NULL), *b = mutex_make(run_current, NULL);

    pairs[0] = (struct pair){a, b};
    pairs[1] = (struct pair){b, a};
    start(take_both, &pairs[0]);
    start(take_both, &pairs[1]);
    return a;
}

static void main_returns(void *arg)
{
    (void)arg;
    crossed();
    clock_sleep(run_current, 100);
}

static void main_goes_on(void *arg)
{
    (void)arg;
    crossed();
    for (;;)
        clock_sleep(run_current, 100);
}

static void main_waits(void *arg)
{
    (void)arg;
    crossed();
    receive(ints(0), NULL);
}

/* Go lets anybody unlock. */
static void main_unlocks(void *arg)
{
    struct mutex *a = crossed();

    (void)arg;
    clock_sleep(run_current, 100);
    must(mutex_unlock(run_current, a));
    clock_sleep(run_current, 100);
    mutex_lock(run_current, a); /* what the circle's first will unlock at its end */
}

static void lock_twice(void *arg)
{
    mutex_lock(run_current, arg);
    mutex_lock(run_current, arg);
}

static void locked_twice(void *arg)
{
    (void)arg;
    start(lock_twice, mutex_make(run_current, NULL));
    clock_sleep(run_current, 100);
}

static void hold_for_ever(void *arg)
{
    mutex_lock(run_current, arg);
    receive(ints(0), NULL);
}

/* A chain that does not close: two leaks. */
static void chain(void *arg)
{
    struct mutex *a = mutex_make(run_current, NULL);

    (void)arg;
    start(hold_for_ever, a);
    start(lock_twice, a);
    clock_sleep(run_current, 100);
}

static void a_circle_is_found_when_main_returns(void **state)
{
    (void)state;
    assert_int_equal(run_once(main_returns), 1);
    assert_int_equal(found.at[0].kind, FINDING_DEADLOCK);
    assert_int_equal(found.at[0].value, 1);
    assert_int_equal(found.at[0].at.g, 3); /* the second to ask closes it */
}

static void a_circle_is_found_while_main_goes_on(void **state)
{
    (void)state;
    assert_int_equal(run_once(main_goes_on), 2);
    assert_int_equal(ended, RUN_STEPS);
    assert_int_equal(found.at[0].kind, FINDING_DEADLOCK);
    assert_int_equal(found.at[0].at.g, 3);
}

static void all_asleep_is_told_once(void **state)
{
    (void)state;
    assert_int_equal(run_once(main_waits), 1);
    assert_int_equal(found.at[0].kind, FINDING_DEADLOCK);
    assert_int_equal(found.at[0].value, 0);
}

static void what_is_undone_is_none(void **state)
{
    (void)state;
    run_once(main_unlocks);
    for (uint32_t i = 0; i < found.count; i++)
        assert_int_not_equal(found.at[i].kind, FINDING_DEADLOCK);
}

static void a_goroutine_alone_can_be_a_circle(void **state)
{
    (void)state;
    assert_int_equal(run_once(locked_twice), 1);
    assert_int_equal(found.at[0].kind, FINDING_DEADLOCK);
    assert_int_equal(found.at[0].at.g, 2);
}

static void a_chain_is_no_circle(void **state)
{
    (void)state;
    assert_int_equal(run_once(chain), 2);
    assert_int_equal(found.at[0].kind, FINDING_LEAK);
    assert_int_equal(found.at[1].kind, FINDING_LEAK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_circle_is_found_when_main_returns),
        cmocka_unit_test(a_circle_is_found_while_main_goes_on),
        cmocka_unit_test(all_asleep_is_told_once),
        cmocka_unit_test(what_is_undone_is_none),
        cmocka_unit_test(a_goroutine_alone_can_be_a_circle),
        cmocka_unit_test(a_chain_is_no_circle),
    };
    return cmocka_run_group_tests_name("deadlock", tests, NULL, NULL);
}
