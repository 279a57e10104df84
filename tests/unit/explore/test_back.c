/* test_back.c -- from a run that fails back to one that does not: none has more in common with
 * it.  Held against all runs there are, and where it is known by hand. */
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static bool passes(const struct run *run)
{
    return run->end == RUN_DONE;
}

/* How many steps, from the first, two runs have in common. */
static size_t common(const struct schedule *one, const struct schedule *other)
{
    size_t n = 0;

    while (n < one->count && n < other->count && one->steps[n].g == other->steps[n].g &&
           one->steps[n].chosen_case == other->steps[n].chosen_case &&
           one->steps[n].partner == other->steps[n].partner &&
           one->steps[n].drawn == other->steps[n].drawn)
        n++;
    return n;
}

/* All runs of a program. */
struct runs {
    struct schedule at[512];
    bool passed[512];
    size_t count;
};

static void all_runs(struct runs *runs, void (*body)(void *))
{
    struct strategy *strategy = exhaustive_new(0);
    struct run run;
    bool more;

    runs->count = 0;
    assert_true(bench_init(&run, true));
    do {
        assert_true(runs->count < 512);
        bench_run(&run, strategy, body);
        runs->passed[runs->count] = passes(&run);
        runs->at[runs->count] = (struct schedule){0};
        assert_true(schedule_of_trace(&runs->at[runs->count++], run.trace));
        more = strategy->end(strategy);
    } while (more);
    assert_true(exhaustive_done(strategy));
    strategy->free(strategy);
    bench_release(&run);
}

static void release_runs(struct runs *runs)
{
    for (size_t i = 0; i < runs->count; i++)
        schedule_release(&runs->at[i]);
}

/* What the nearest run that passes has in common with one that fails; -1: none passes. */
static int nearest(void (*body)(void *), const struct schedule *from, uint64_t *made)
{
    struct strategy *strategy = back_new(0, from);
    struct run run;
    int steps = -1;
    bool more = true;

    *made = 0;
    assert_true(bench_init(&run, true));
    while (more && steps < 0) {
        bench_run(&run, strategy, body);
        ++*made;
        if (*made == 1) { /* the first is that run itself */
            assert_int_equal(schedule_mismatch(from, run.trace), -1);
            assert_false(passes(&run));
        } else if (passes(&run)) {
            struct schedule found = {0};

            assert_true(schedule_of_trace(&found, run.trace));
            steps = (int)common(from, &found);
            schedule_release(&found);
        }
        more = strategy->end(strategy);
    }
    assert_true(steps >= 0 || sleep_done(strategy));
    strategy->free(strategy);
    bench_release(&run);
    return steps;
}

static void check_all(void (*body)(void *))
{
    struct runs *runs = calloc(1, sizeof *runs);
    size_t failing = 0;
    uint64_t made;

    assert_non_null(runs);
    all_runs(runs, body);
    for (size_t i = 0; i < runs->count; i++) {
        int most = -1;

        if (runs->passed[i])
            continue;
        failing++;
        for (size_t j = 0; j < runs->count; j++)
            if (runs->passed[j] && (int)common(&runs->at[i], &runs->at[j]) > most)
                most = (int)common(&runs->at[i], &runs->at[j]);
        assert_int_equal(nearest(body, &runs->at[i], &made), most);
    }
    assert_true(failing > 0);
    release_runs(runs);
    free(runs);
}

/* main waits for ever unless one of twelve pairs of numbers is drawn. */
static void unlucky(void *arg)
{
    int64_t one = basic_rand(run_current, 3), two = basic_rand(run_current, 4);

    (void)arg;
    if (one != 1 || two != 2)
        receive(ints(0), NULL);
}

/* Only who takes the second case first, then the second again, ends. */
static void picky(void *arg)
{
    struct chan *a = ints(2), *b = ints(2);
    struct clause cases[] = {{.chan = a}, {.chan = b}};
    int32_t chosen;

    (void)arg;
    for (int i = 0; i < 2; i++) {
        send(a, i);
        send(b, i);
    }
    for (int i = 0; i < 2; i++) {
        chan_select(run_current, cases, 2, false, true, &chosen);
        if (chosen == 0)
            receive(ints(0), NULL);
    }
}

static void send_two(void *arg)
{
    send(arg, 1);
    send(arg, 2);
}

/* main waits once more when the last value that came is the second of the one who sends two. */
static void two_of_three(void *arg)
{
    struct chan *chan = ints(0);

    (void)arg;
    start(send_two, chan);
    start(send_one, chan);
    receive(chan, NULL);
    receive(chan, NULL);
    if (receive(chan, NULL) == 2)
        receive(chan, NULL);
}

static void test_against_all(void **state)
{
    (void)state;
    check_all(philosophers);
    check_all(unlucky);
    check_all(picky);
    check_all(two_of_three);
    check_all(select_on_closed);
}

/* Two philosophers, and two goroutines of three steps each that touch nothing of theirs. */
static void noisy(void *arg)
{
    start(three_steps, NULL);
    start(three_steps, NULL);
    philosophers(arg);
}

/* main counts, 4 takes its first fork, 5 its own: deadlock.  Until the second of them all could
 * end well: the nearest parts there, however the others' steps come; and it does not take all
 * their orders to see. */
static void test_by_hand(void **state)
{
    struct schedule from = {0};
    char error[200];
    uint64_t made;

    (void)state;
    assert_true(schedule_parse(&from, "1 4 5 2x3 3x3", error, sizeof error));
    assert_int_equal(nearest(noisy, &from, &made), 2);
    assert_true(made < 30);
    schedule_release(&from);
    assert_true(schedule_parse(&from, "2x3 3x2 1 5 3 4", error, sizeof error));
    assert_int_equal(nearest(noisy, &from, &made), 8);
    assert_true(made < 4);
    schedule_release(&from);
}

static void waits(void *arg)
{
    (void)arg;
    start(three_steps, NULL);
    receive(ints(0), NULL);
}

/* Every run fails: it comes to the end, and says so. */
static void test_none(void **state)
{
    struct schedule from = {0};
    uint64_t made;

    (void)state;
    assert_int_equal(nearest(waits, &from, &made), -1);
    schedule_release(&from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_all),
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
