/* test_processor.c -- work on virtual processors: when it is done, in what order, what it adds
 * up to.  The times are worked out by hand beside each program; one unit is a millisecond. */
#include "unit/sync/bench.h"

static const int64_t ms = 1000 * 1000;

static struct outcomes found;

static int now(void)
{
    return (int)(run_current->now / ms);
}

static void worker(void *arg)
{
    processor_work(run_current, (intptr_t)arg * ms);
    see(now());
}

static void check_usage(int64_t worked, int64_t waited, int64_t capacity, int64_t pieces,
                        int64_t peak)
{
    struct usage usage = processor_usage(run_current);

    assert_int_equal(usage.at[USAGE_WORKED], worked * ms);
    assert_int_equal(usage.at[USAGE_WAITED], waited * ms);
    assert_int_equal(usage.at[USAGE_CAPACITY], capacity * ms);
    assert_int_equal(usage.at[USAGE_PIECES], pieces);
    assert_int_equal(usage.at[USAGE_PEAK], peak);
}

/* --- enough processors ---------------------------------------------------- */

/* Three of four processors, 10, 20 and 30: done then.  60 of 30 * 4 there was. */
static void three(void *arg)
{
    (void)arg;
    start(worker, (void *)10);
    start(worker, (void *)20);
    start(worker, (void *)30);
    clock_sleep(run_current, 30 * ms);
    check_usage(60, 0, 120, 3, 3);
}

/* Their steps commute, and nobody else does anything at those moments: one class. */
static void each_has_its_own(void **state)
{
    (void)state;
    runs(three, "1/0 2:10 3:20 4:30");
    explores(three, 1, &found);
    assert_int_equal(found.ends[RUN_DONE], 1);
}

static void no_work(void *arg)
{
    (void)arg;
    processor_work(run_current, 0);
    processor_work(run_current, -5);
    see(now());
    assert_int_equal(run_current->processors.at_work.count, 0);
}

static void nothing_to_do(void **state)
{
    (void)state;
    runs(no_work, "1/0 1:0");
}

/* Waiting needs no processor: on one, a work of 10 and a sleep of 10 take 10. */
static void asleep(void *arg)
{
    (void)arg;
    clock_sleep(run_current, 10 * ms);
    see(now());
}

static void one_sleeps(void *arg)
{
    (void)arg;
    assert_int_equal(processor_set(run_current, 1), PROCESSORS_DEFAULT);
    start(asleep, NULL);
    worker((void *)10);
}

static void who_waits_needs_none(void **state)
{
    (void)state;
    runs(one_sleeps, "1/0 1:10 2:10");
}

/* --- too few ---------------------------------------------------------------- */

/* Six works of 10 on three: three end at 10, three at 20; 60 of 60; three waited for 10. */
static void six(void *arg)
{
    struct usage usage;

    (void)arg;
    processor_set(run_current, 3);
    for (int i = 0; i < 5; i++)
        start(worker, (void *)10);
    processor_work(run_current, 10 * ms);
    clock_sleep(run_current, 20 * ms - run_current->now);
    check_usage(60, 30, 60, 6, 3);
    usage = processor_usage(run_current);
    assert_true(usage_utilisation(&usage) == 1.0);
    assert_true(usage_speedup(&usage) == 3.0);
    assert_true(usage_throughput(&usage) == 300.0);
}

static void six_on_three(void **state)
{
    struct strategy *strategy = random_new(7, 20);
    struct run run;

    (void)state;
    assert_true(bench_init(&run, true));
    do {
        int early = 0;

        unsee();
        assert_int_equal(bench_run(&run, strategy, six), RUN_DONE);
        for (int g = 2; g <= 6; g++)
            early += nseen[g] == 0 ? 0 : seen[g][0] == 10;
        assert_true(early == 2 || early == 3); /* main is one of the six */
    } while (strategy->end(strategy));
    strategy->free(strategy);
    bench_release(&run);
}

/* On one processor, 30 and 5.  The long one first: it has 10, then the short one has its 5, to
 * 15, and the long one ends at 35.  The short one first: 5 and 35. */
static void long_and_short(void *arg)
{
    (void)arg;
    processor_set(run_current, 1);
    start(worker, (void *)30);
    start(worker, (void *)5);
    clock_sleep(run_current, 100 * ms);
    assert_int_equal(processor_usage(run_current).at[USAGE_WORKED], 35 * ms);
}

static void a_slice_is_ten_ms(void **state)
{
    (void)state;
    explores(long_and_short, 2, &found);
    assert_true(has_outcome(&found, "1/0 2:35 3:15"));
    assert_true(has_outcome(&found, "1/0 2:35 3:5"));
}

/* On one processor one works 100.  At 25 main comes for 5: the other has had more than its
 * slice and leaves at once.  Main ends at 30, the other, with 75 left, at 105. */
static void late_comer(void *arg)
{
    (void)arg;
    processor_set(run_current, 1);
    start(worker, (void *)100);
    clock_sleep(run_current, 25 * ms);
    worker((void *)5);
    clock_sleep(run_current, 75 * ms);
    check_usage(105, 5 * 1, 105, 2, 1);
}

static void who_had_its_slice_makes_room(void **state)
{
    (void)state;
    runs(late_comer, "1/0 1:30 2:105");
}

/* On one processor each works 10 and came before the next. */
static void in_turn(void *arg)
{
    (void)arg;
    processor_set(run_current, 1);
    for (int i = 0; i < 3; i++) {
        start(worker, (void *)10);
        clock_sleep(run_current, ms);
    }
    clock_sleep(run_current, 100 * ms);
}

static void first_come_first_served(void **state)
{
    (void)state;
    explores(in_turn, 1, &found);
    assert_true(has_outcome(&found, "1/0 2:10 3:20 4:30"));
}

/* --- GOMAXPROCS --------------------------------------------------------------- */

/* Two works of 10 on one; at 5 there are two: the second works from 5 to 15.  There was 5 * 1 +
 * 10 * 2 to spend. */
static void raised(void *arg)
{
    (void)arg;
    see((int)processor_set(run_current, 1));
    see((int)processor_set(run_current, 0));
    start(worker, (void *)10);
    clock_sleep(run_current, ms);
    start(worker, (void *)10);
    clock_sleep(run_current, 4 * ms);
    see((int)processor_set(run_current, 2));
    clock_sleep(run_current, 10 * ms);
    check_usage(20, 4, 25, 2, 2);
    see((int)processor_set(run_current, 1000));
    see((int)processor_set(run_current, -1));
}

static void more_processors(void **state)
{
    (void)state;
    runs(raised, "1/0 1:4 1:1 1:1 1:2 1:256 2:10 3:15");
}

/* Two work 20 on two; at 5 there is one left, but nobody waits: both go on, to 20. */
static void lowered(void *arg)
{
    (void)arg;
    processor_set(run_current, 2);
    start(worker, (void *)20);
    start(worker, (void *)20);
    clock_sleep(run_current, 5 * ms);
    processor_set(run_current, 1);
    clock_sleep(run_current, 15 * ms);
    see(now());
}

static void fewer_processors(void **state)
{
    (void)state;
    runs(lowered, "1/0 1:20 2:20 3:20");
}

static void given_beforehand(void *arg)
{
    (void)arg;
    see((int)processor_set(run_current, 0));
}

static void the_world_says_how_many(void **state)
{
    struct run run;

    (void)state;
    assert_true(bench_init(&run, false));
    run.nprocessors = 7;
    for (int i = 0; i < 2; i++) {
        unsee();
        bench_run(&run, NULL, given_beforehand);
        assert_int_equal(seen[1][0], 7);
    }
    bench_release(&run);
}

/* --- every strategy finds the same ------------------------------------------------ */

static struct chan *results;

static void works_and_sends(void *arg)
{
    processor_work(run_current, 10 * ms);
    send(results, (int)(intptr_t)arg);
    processor_work(run_current, 5 * ms);
}

/* Three on two processors: who is late comes last, the two others in any order. */
static void who_is_first(void *arg)
{
    (void)arg;
    processor_set(run_current, 2);
    results = ints(3);
    for (int i = 1; i <= 3; i++)
        start(works_and_sends, (void *)(intptr_t)i);
    for (int i = 0; i < 3; i++)
        see(receive(results, NULL));
}

static void changes_its_mind(void *arg)
{
    (void)arg;
    see((int)processor_set(run_current, 1));
}

/* Two come to work while a third says how many processors there are. */
static void one_or_two(void *arg)
{
    (void)arg;
    processor_set(run_current, 2);
    start(changes_its_mind, NULL);
    start(worker, (void *)10);
    see((int)processor_set(run_current, 3));
    worker((void *)10);
}

/* Of three any may be late, and the two before it in both orders: 6.  Of the two that say how many
 * there are either is the last, and either of two workers is first on one processor: with 3 both
 * end at 10 (1), with 1 one does (2). */
static void all_strategies(void **state)
{
    (void)state;
    explores(long_and_short, 2, &found);
    explores(who_is_first, 6, &found);
    explores(one_or_two, 3, &found);
}

/* --- beside others -------------------------------------------------------------- */

static bool finished;

static void sets_done(void *arg)
{
    (void)arg;
    processor_work(run_current, 5 * ms);
    finished = true;
}

static void polls(void *arg)
{
    (void)arg;
    finished = false;
    start(sets_done, NULL);
    while (!finished)
        basic_yield(run_current);
    see(now());
}

static void time_goes_on_for_who_polls(void **state)
{
    (void)state;
    runs(polls, "1/0 1:5");
}

/* No timer at each slice when nobody waits: an hour is one lull. */
static void an_hour(void *arg)
{
    uint64_t lulls = run_current->lulls;

    (void)arg;
    processor_work(run_current, 3600 * 1000 * ms);
    assert_int_equal(run_current->lulls - lulls, 1);
    see(now() / 1000);
}

static void long_work(void **state)
{
    (void)state;
    runs(an_hour, "1/0 1:3600");
}

/* Main does not wait for who works: no leak, it ends by itself. */
static void leaves(void *arg)
{
    (void)arg;
    start(worker, (void *)50);
}

static void work_after_main(void **state)
{
    (void)state;
    runs(leaves, "1/0 2:50");
}

/* What is told at main's end is what the program could have asked for. */
static void usage_is_told(void **state)
{
    struct usage told = {0};
    struct run run;

    (void)state;
    assert_true(bench_init(&run, false));
    bench_run(&run, NULL, six);
    for (uint32_t i = 0; i < run.trace->count; i++)
        usage_event(&told, &run.trace->events[i]);
    assert_int_equal(told.at[USAGE_ELAPSED], 20 * ms);
    assert_int_equal(told.at[USAGE_WORKED], 60 * ms);
    assert_int_equal(told.at[USAGE_PROCESSORS], 3);
    bench_release(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_has_its_own), T(nothing_to_do), T(who_waits_needs_none), T(six_on_three),
        T(a_slice_is_ten_ms), T(who_had_its_slice_makes_room), T(first_come_first_served),
        T(more_processors), T(fewer_processors), T(the_world_says_how_many), T(all_strategies),
        T(time_goes_on_for_who_polls), T(long_work), T(work_after_main), T(usage_is_told),
    };
    return cmocka_run_group_tests_name("processor", tests, NULL, NULL);
}
