/* test_random.c -- seeded strategies: the same seed the same runs, and all choices fair. */
#include "explore/chance.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { RUNS = 20 };

/* The traces of the first RUNS runs of a program. */
static void record(struct strategy *strategy, void (*main)(void *), struct trace *traces[RUNS])
{
    struct run run;

    assert_true(bench_init(&run, true));
    for (int i = 0; i < RUNS; i++) {
        bench_run(&run, strategy, main);
        traces[i] = trace_dup(run.trace);
        assert_int_equal(strategy->end(strategy), i < RUNS - 1);
    }
    bench_release(&run);
    strategy->free(strategy);
}

static int equal_runs(struct trace *a[RUNS], struct trace *b[RUNS])
{
    int n = 0;

    for (int i = 0; i < RUNS; i++) {
        n += traces_equal(a[i], b[i]);
        free(a[i]);
        free(b[i]);
    }
    return n;
}

static struct strategy *make(int which, uint64_t seed)
{
    return which ? pct_new(seed, RUNS, 3) : random_new(seed, RUNS);
}

static void a_seed_repeats(void **state)
{
    (void)state;
    for (int which = 0; which < 2; which++)
        for (int i = 0; i < PROGRAM_COUNT; i++) {
            struct trace *a[RUNS], *b[RUNS];

            record(make(which, 3), programs[i].main, a);
            record(make(which, 3), programs[i].main, b);
            assert_int_equal(equal_runs(a, b), RUNS);
        }
}

static void another_seed_differs(void **state)
{
    (void)state;
    for (int which = 0; which < 2; which++) {
        struct trace *a[RUNS], *b[RUNS];

        record(make(which, 3), worker_pool, a);
        record(make(which, 4), worker_pool, b);
        assert_true(equal_runs(a, b) < RUNS / 2);
    }
}

static void runs_of_a_seed_differ(void **state)
{
    struct trace *a[RUNS];
    int same = 0;

    (void)state;
    record(random_new(3, RUNS), worker_pool, a);
    for (int i = 1; i < RUNS; i++)
        same += traces_equal(a[0], a[i]);
    for (int i = 0; i < RUNS; i++)
        free(a[i]);
    assert_int_equal(same, 0);
}

/* The two philosophers' 24 interleavings: random finds a deadlock and a clean end. */
static void random_finds_both_ends(void **state)
{
    struct strategy *strategy = random_new(1, 200);
    struct run run;
    int deadlocks = 0, clean = 0;

    (void)state;
    assert_true(bench_init(&run, true));
    do {
        enum run_end end = bench_run(&run, strategy, philosophers);
        deadlocks += end == RUN_DEADLOCK;
        clean += end == RUN_DONE;
    } while (strategy->end(strategy));
    assert_int_equal(deadlocks + clean, 200);
    /* 2 takes a fork, 3 takes the other: 1/2 of all runs; five sigma is 35 */
    assert_in_range(deadlocks, 65, 135);
    strategy->free(strategy);
    bench_release(&run);
}

/* 6,000 answers to a choice of three: 2,000 each, five sigma is 183. */
static void answers_are_uniform(void **state)
{
    static const uint32_t options[] = {1, 2, 3};
    struct choice choice = {.kind = CHOICE_GOROUTINE, .n = 3, .options = options, .current = 1};
    struct strategy *strategy = random_new(9, 1);
    int counts[3] = {0};

    (void)state;
    strategy->begin(strategy);
    for (int i = 0; i < 6000; i++)
        counts[strategy->choose(strategy, &choice)]++;
    for (int i = 0; i < 3; i++)
        assert_in_range(counts[i], 2000 - 183, 2000 + 183);
    strategy->free(strategy);
}

/* The stream of a run is the same whether the runs before it were made or not. */
static void streams_stand_alone(void **state)
{
    struct chance a = chance_of(5, 7), b = chance_of(5, 7), c = chance_of(5, 8);
    uint64_t first = chance_next(&a);

    (void)state;
    assert_true(first == chance_next(&b));
    assert_true(chance_next(&c) != first);
    assert_true(chance_next(&a) != chance_next(&c)); /* nor the same one later */
}

/* SplitMix64's published first numbers for the state 1234567. */
static void numbers_are_splitmix(void **state)
{
    struct chance chance = {1234567};

    (void)state;
    assert_true(chance_next(&chance) == 6457827717110365317u);
    assert_true(chance_next(&chance) == 3203168211198807973u);
    assert_true(chance_next(&chance) == 9817491932198370423u);
}

static void below_stays_below(void **state)
{
    struct chance chance = {1};

    (void)state;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(chance_below(&chance, 1), 0);
        assert_true(chance_below(&chance, 7) < 7);
        assert_true(chance_below(&chance, 0x80000001u) < 0x80000001u);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seed_repeats),
        cmocka_unit_test(another_seed_differs),
        cmocka_unit_test(runs_of_a_seed_differ),
        cmocka_unit_test(random_finds_both_ends),
        cmocka_unit_test(answers_are_uniform),
        cmocka_unit_test(streams_stand_alone),
        cmocka_unit_test(numbers_are_splitmix),
        cmocka_unit_test(below_stays_below),
    };
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
