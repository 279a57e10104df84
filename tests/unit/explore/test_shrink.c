/* test_shrink.c -- guided runs, and runs made simpler: against the simplest of all runs. */
#include "explore/shrink.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

struct shrinking {
    struct shrink shrink; /* first */
    struct run *run;
    void (*body)(void *);
    enum run_end end;     /* what the run is to end with */
    struct shrink_size best;
    uint64_t told, simpler;
};

static bool shows(struct shrink *shrink, const struct schedule *guide)
{
    struct shrinking *self = (struct shrinking *)shrink;
    struct strategy *strategy = guide_new(guide);
    enum run_end end = bench_run(self->run, strategy, self->body);

    self->told = guide_told(strategy);
    strategy->free(strategy);
    return end == self->end;
}

static void simpler(struct shrink *shrink)
{
    struct shrinking *self = (struct shrinking *)shrink;

    self->best = shrink_measure(shrink->trace);
    self->simpler++;
}

/* The fewest switches of all runs that end so, by looking at every run. */
static struct shrink_size simplest(void (*body)(void *), enum run_end end)
{
    struct shrink_size best = {UINT64_MAX, 0};
    struct strategy *strategy = exhaustive_new(0);
    struct run run;
    bool more;

    assert_true(bench_init(&run, true));
    do {
        bool is = bench_run(&run, strategy, body) == end;
        struct shrink_size size = shrink_measure(run.trace);

        if (is && (size.switches < best.switches ||
                   (size.switches == best.switches && size.steps < best.steps)))
            best = size;
        more = strategy->end(strategy);
    } while (more);
    strategy->free(strategy);
    bench_release(&run);
    return best;
}

/* Every run by chance that ends so is shrunk to one with as few switches as there can be. */
static void check(void (*body)(void *), enum run_end end)
{
    struct shrink_size best = simplest(body, end);
    struct strategy *random = random_new(7, 200);
    struct run run;
    unsigned shrunk = 0;

    assert_true(bench_init(&run, true));
    do {
        struct shrinking self = {
            .shrink = {.shows = shows, .simpler = simpler, .trace = run.trace, .runs = 500,
                       .steps = 100000},
            .run = &run, .body = body, .end = end};

        if (bench_run(&run, random, body) != end)
            continue;
        self.best = shrink_measure(run.trace);
        assert_true(shrink(&self.shrink));
        assert_int_equal(self.best.switches, best.switches);
        assert_int_equal(self.best.steps, best.steps);
        shrunk++;
    } while (random->end(random));
    assert_true(shrunk > 0);
    random->free(random);
    bench_release(&run);
}

static void test_simplest(void **state)
{
    (void)state;
    check(philosophers, RUN_DEADLOCK);
    check(close_twice, RUN_PANIC);
    check(select_on_closed, RUN_PANIC);
    check(three_lock, RUN_DONE);
    check(two_and_two_and_two, RUN_DONE);
    check(buffer_of_two, RUN_DONE);
}

static void test_budget(void **state)
{
    struct run run;
    struct shrinking self = {
        .shrink = {.shows = shows, .simpler = simpler, .runs = 3, .steps = 100000},
        .run = &run, .body = two_and_two_and_two, .end = RUN_DONE};
    struct strategy *random = random_new(3, 1);

    (void)state;
    assert_true(bench_init(&run, true));
    self.shrink.trace = run.trace;
    bench_run(&run, random, two_and_two_and_two);
    assert_true(shrink(&self.shrink));
    assert_int_equal(self.shrink.runs, 0);
    random->free(random);
    bench_release(&run);
}

/* 1 1 2 2 3 1: three switches in six steps.  A fact between is no step. */
static void test_measure(void **state)
{
    static const uint32_t who[] = {1, 1, 2, 0, 2, 3, 1};
    struct trace *trace = trace_new(16, 64);
    struct shrink_size size;

    (void)state;
    for (size_t i = 0; i < sizeof who / sizeof *who; i++)
        trace_add(trace, &(struct event){.kind = who[i] ? EVENT_PRINT : EVENT_TIME, .g = who[i]});
    size = shrink_measure(trace);
    assert_int_equal(size.switches, 3);
    assert_int_equal(size.steps, 6);
    free(trace);
}

/* A run's own schedule guides to the same run, and so does its beginning up to guide_told, by
 * replay as well. */
static void test_guide_follows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        struct strategy *random = random_new(11, 20);
        struct run run;

        assert_true(bench_init(&run, true));
        do {
            struct schedule schedule = {0};
            struct strategy *guide, *replay;
            struct trace *first;

            bench_run(&run, random, programs[i].main);
            first = trace_dup(run.trace);
            assert_true(schedule_of_trace(&schedule, first));
            guide = guide_new(&schedule);
            bench_run(&run, guide, programs[i].main);
            assert_true(traces_equal(first, run.trace));
            assert_true(guide_told(guide) <= schedule.count);
            schedule.count = guide_told(guide);
            replay = replay_new(&schedule);
            bench_run(&run, replay, programs[i].main);
            assert_int_equal(replay_diverged(replay), -1);
            assert_true(traces_equal(first, run.trace));
            guide->free(guide);
            replay->free(replay);
            free(first);
            schedule_release(&schedule);
        } while (random->end(random));
        random->free(random);
        bench_release(&run);
    }
}

/* Steps of goroutines that are not there are left out: what is left is round robin. */
static void test_guide_is_never_lost(void **state)
{
    struct schedule schedule = {0};
    struct strategy *guide, *turns = round_robin_new();
    struct run run;
    struct trace *first;
    char error[128];

    (void)state;
    assert_true(schedule_parse(&schedule, "9x3 7.4 8@2 6=12", error, sizeof error));
    assert_true(bench_init(&run, true));
    bench_run(&run, turns, worker_pool);
    first = trace_dup(run.trace);
    guide = guide_new(&schedule);
    bench_run(&run, guide, worker_pool);
    assert_true(traces_equal(first, run.trace));
    assert_int_equal(guide_told(guide), 0);
    guide->free(guide);
    turns->free(turns);
    free(first);
    schedule_release(&schedule);
    bench_release(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_simplest),
        cmocka_unit_test(test_budget),
        cmocka_unit_test(test_measure),
        cmocka_unit_test(test_guide_follows),
        cmocka_unit_test(test_guide_is_never_lost),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
