/* test_cell.c -- atomics: no step in between, and who spins gives way. */
#include "unit/sync/bench.h"

#include "sync/cell.h"

static struct outcomes found;
static struct atomic *a, *b;

static void add_one(void *arg)
{
    (void)arg;
    see((int)atomic_add(run_current, a, 1));
}

static void adders(void *arg)
{
    (void)arg;
    a = atomic_make(run_current, 0, NULL);
    start(add_one, NULL);
    start(add_one, NULL);
    clock_sleep(run_current, 1);
    see((int)atomic_load(run_current, a));
}

static void add_is_one_step(void **state)
{
    (void)state;
    explores(adders, 2, &found);
    for (size_t i = 0; i < found.n; i++)
        assert_non_null(strstr(found.at[i], " 1:2"));
}

static void load_and_store(void *arg)
{
    (void)arg;
    atomic_store(run_current, a, atomic_load(run_current, a) + 1);
}

static void lost_update(void *arg)
{
    (void)arg;
    a = atomic_make(run_current, 0, NULL);
    start(load_and_store, NULL);
    start(load_and_store, NULL);
    clock_sleep(run_current, 1);
    see((int)atomic_load(run_current, a));
}

static void load_then_store_is_two(void **state)
{
    (void)state;
    explores(lost_update, 2, &found);
    assert_true(has_outcome(&found, "1/0 1:1"));
    assert_true(has_outcome(&found, "1/0 1:2"));
}

static void store_one(void *x)
{
    atomic_store(run_current, x, 1);
    see((int)atomic_load(run_current, x == a ? b : a));
}

/* Store buffering: both see 0 in no order of steps. */
static void store_buffering(void *arg)
{
    (void)arg;
    a = atomic_make(run_current, 0, NULL);
    b = atomic_make(run_current, 0, NULL);
    start(store_one, a);
    start(store_one, b);
    clock_sleep(run_current, 1);
}

static void atomics_are_sequentially_consistent(void **state)
{
    (void)state;
    explores(store_buffering, 3, &found);
    assert_false(has_outcome(&found, "1/0 2:0 3:0"));
}

static void look(void *arg)
{
    (void)arg;
    see((int)atomic_load(run_current, a));
}

static void lookers(void *arg)
{
    (void)arg;
    a = atomic_make(run_current, 5, NULL);
    for (int i = 0; i < 4; i++)
        start(look, NULL);
    clock_sleep(run_current, 1);
}

static void looks_commute(void **state)
{
    (void)state;
    explores(lookers, 1, &found);
    assert_int_equal(found.ends[RUN_DONE], 1);
}

static void results(void *arg)
{
    (void)arg;
    a = atomic_make(run_current, 5, NULL);
    see((int)atomic_swap(run_current, a, 7));
    see(atomic_cas(run_current, a, 5, 6));
    see(atomic_cas(run_current, a, 7, 8));
    see((int)atomic_load(run_current, a));
    atomic_store(run_current, a, INT64_MAX);
    see(atomic_add(run_current, a, 1) == INT64_MIN);
}

static void results_are_go_s(void **state)
{
    (void)state;
    runs(results, "1/0 1:5 1:0 1:1 1:8 1:1");
}

/* --- spinning -------------------------------------------------------------- */

static void raise(void *arg)
{
    step();
    atomic_store(run_current, arg, 1);
}

static void spin(void *arg)
{
    (void)arg;
    a = atomic_make(run_current, 0, NULL);
    start(raise, a);
    while (!atomic_load(run_current, a))
        ;
    see(1);
}

static void a_spinning_goroutine_gives_way(void **state)
{
    (void)state;
    runs(spin, "1/0 1:1");
    explores(spin, 1, &found);
}

static void spin_for_ever(void *arg)
{
    (void)arg;
    a = atomic_make(run_current, 0, NULL);
    start(raise, atomic_make(run_current, 0, NULL));
    while (!atomic_load(run_current, a))
        ;
}

static void spinning_for_ever_is_a_livelock(void **state)
{
    char expected[40];

    (void)state;
    snprintf(expected, sizeof expected, "%d/1", RUN_LIVELOCK);
    runs(spin_for_ever, expected);
}

/* Looks at two in turn, from two places, after a look at a third. */
static void two_in_turn(void *arg)
{
    struct atomic *third = atomic_make(run_current, 0, NULL);

    (void)arg;
    a = atomic_make(run_current, 0, NULL);
    b = atomic_make(run_current, 0, NULL);
    start(raise, b);
    atomic_load(run_current, third);
    do {
        run_current->self->line = 1;
        atomic_load(run_current, a);
        run_current->self->line = 2;
    } while (!atomic_load(run_current, b));
    see(1);
}

static void a_cycle_of_looks_is_found(void **state)
{
    (void)state;
    runs(two_in_turn, "1/0 1:1");
}

/* Looks at one thing from many places are no cycle. */
static void straight_on(void *arg)
{
    (void)arg;
    a = atomic_make(run_current, 0, NULL);
    for (uint32_t i = 1; i <= 20; i++) {
        run_current->self->line = i;
        atomic_load(run_current, a);
    }
    for (uint32_t i = 0; i < run_current->trace->count; i++)
        assert_false(run_current->trace->events[i].flags & EVENT_IN_VAIN);
}

static void straight_looks_are_not_in_vain(void **state)
{
    (void)state;
    runs(straight_on, "1/0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(add_is_one_step), T(load_then_store_is_two), T(atomics_are_sequentially_consistent),
        T(looks_commute), T(results_are_go_s), T(a_spinning_goroutine_gives_way),
        T(spinning_for_ever_is_a_livelock), T(a_cycle_of_looks_is_found),
        T(straight_looks_are_not_in_vain),
    };
    return cmocka_run_group_tests_name("cell", tests, NULL, NULL);
}
