/* test_waitgroup.c -- who waits, and the misuses that Go reports. */
#include "unit/sync/bench.h"

static struct outcomes found;
static struct waitgroup *wg;

static void waits(void *arg)
{
    (void)arg;
    must(waitgroup_wait(run_current, wg));
    see(1);
}

static void adds_and_is_done(void *arg)
{
    (void)arg;
    must(waitgroup_add(run_current, wg, 1));
    must(waitgroup_add(run_current, wg, -1));
}


/* --- a second round too soon ------------------------------------------------- */

/* Goroutine 2 waits; main ends the first round and begins a second one by itself. */
static void second_round(void *arg)
{
    (void)arg;
    wg = waitgroup_make(run_current, NULL);
    must(waitgroup_add(run_current, wg, 1));
    start(waits, NULL);
    must(waitgroup_add(run_current, wg, -1));
    must(waitgroup_add(run_current, wg, 1));
    must(waitgroup_add(run_current, wg, -1));
}

/* Wait returns after the first round or after the second, and main's end may come before that;
 * between, when the counter is 1, it finds the WaitGroup reused. */
static void reuse_is_seen_by_wait(void **state)
{
    (void)state;
    explores(second_round, 2, &found);
    assert_true(has_outcome(&found, "1/0 2:1"));
    assert_true(has_outcome(&found, "3/2"));
}

/* --- Add inside the goroutine ------------------------------------------------- */

static void two_add_inside(void *arg)
{
    (void)arg;
    wg = waitgroup_make(run_current, NULL);
    start(adds_and_is_done, NULL);
    start(adds_and_is_done, NULL);
    waits(NULL);
}

/* Wait returns whenever the counter is 0, but when the second Add comes between the first Done and
 * that: the first helper has ended then, main and the second are left. */
static void an_add_inside_may_reuse(void **state)
{
    (void)state;
    explores(two_add_inside, 2, &found);
    assert_true(has_outcome(&found, "1/0 1:1"));
    assert_true(has_outcome(&found, "3/2"));
}

/* --- right use ------------------------------------------------------------------ */

static void is_done(void *arg)
{
    (void)arg;
    must(waitgroup_add(run_current, wg, -1));
}

/* Rounds one after the other, each begun when Wait has returned. */
static void rounds(void *arg)
{
    (void)arg;
    wg = waitgroup_make(run_current, NULL);
    for (int i = 0; i < 2; i++) {
        must(waitgroup_add(run_current, wg, 2));
        start(is_done, NULL);
        start(is_done, NULL);
        waits(NULL);
    }
}

static void rounds_in_turn_are_no_misuse(void **state)
{
    (void)state;
    explores(rounds, 1, &found);
    assert_string_equal(found.at[0], "1/0 1:1 1:1");
}

/* An Add while the counter is not zero may come beside a Wait. */
static void adds_under_another(void *arg)
{
    (void)arg;
    must(waitgroup_add(run_current, wg, 1));
    must(waitgroup_add(run_current, wg, -1));
    must(waitgroup_add(run_current, wg, -1));
}

static void nested(void *arg)
{
    (void)arg;
    wg = waitgroup_make(run_current, NULL);
    must(waitgroup_add(run_current, wg, 1));
    start(adds_under_another, NULL);
    waits(NULL);
}

static void an_add_above_zero_is_no_misuse(void **state)
{
    (void)state;
    explores(nested, 1, &found);
    assert_string_equal(found.at[0], "1/0 1:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(reuse_is_seen_by_wait), T(an_add_inside_may_reuse), T(rounds_in_turn_are_no_misuse),
        T(an_add_above_zero_is_no_misuse),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
