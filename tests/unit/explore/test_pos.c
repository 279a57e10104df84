/* test_pos.c -- partial order sampling: repeatable, even among orders that matter, and it finds. */
#include "sync/cell.h"
#include "unit/explore/faulty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static void the_same_seed_gives_the_same_runs(void **state)
{
    struct strategy *a = pos_new(7, 20), *b = pos_new(7, 20);
    struct run one, other;
    bool more;

    (void)state;
    assert_true(bench_init(&one, true) && bench_init(&other, true));
    do {
        bench_run(&one, a, worker_pool);
        bench_run(&other, b, worker_pool);
        assert_true(traces_equal(one.trace, other.trace));
        more = a->end(a);
        assert_int_equal(more, b->end(b));
    } while (more);
    a->free(a);
    b->free(b);
    bench_release(&one);
    bench_release(&other);
}

static struct atomic *cell;
static int64_t seen;

static void long_way_to_store(void *arg)
{
    (void)arg;
    for (int i = 0; i < 30; i++)
        step();
    atomic_store(run_current, cell, 1);
}

/* The load is before the store unless thirty steps that matter to nobody come first: random sees
 * the store in 1 of 2^31 runs. */
static void load_or_store(void *arg)
{
    (void)arg;
    cell = atomic_make(run_current, 0, NULL);
    start(long_way_to_store, NULL);
    seen = atomic_load(run_current, cell);
}

/* Each of the thirty-one must be above the load: 1 / 32 = 31 of 1,000 runs, sigma 5.5. */
static void steps_that_commute_weigh_little(void **state)
{
    struct strategy *s = pos_new(1, 1000);
    struct run run;
    int stored = 0;

    (void)state;
    assert_true(bench_init(&run, true));
    do {
        bench_run(&run, s, load_or_store);
        stored += seen == 1;
    } while (s->end(s));
    assert_in_range(stored, 10, 60);
    s->free(s);
    bench_release(&run);
}

static void it_finds_planted_faults(void **state)
{
    static void (*const programs_with_faults[])(void *) = {
        one_condition, if_for_while, eight_philosophers,
    };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        enum run_end end = RUN_NONE;

        assert_in_range(runs_to_fault(pos_new(1, 1000), programs_with_faults[i], &end), 1, 1000);
        assert_int_equal(end, i == 1 ? RUN_CHECK : RUN_DEADLOCK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_runs),
        cmocka_unit_test(steps_that_commute_weigh_little),
        cmocka_unit_test(it_finds_planted_faults),
    };
    return cmocka_run_group_tests_name("pos", tests, NULL, NULL);
}
