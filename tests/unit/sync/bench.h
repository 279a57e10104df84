/* bench.h -- small programs on the primitives, run in every way there is.
 *
 * A program is a main function that notes what its goroutines see.  An outcome is how
 * the run ended, who was left, and what each goroutine saw.
 */
#ifndef BRAID_TESTS_SYNC_BENCH_H
#define BRAID_TESTS_SYNC_BENCH_H

#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { GOROUTINES = 8, SEEN = 16, OUTCOMES = 400, BUDGET = 60000 };

static int seen[GOROUTINES][SEEN], nseen[GOROUTINES];

/* The running goroutine saw something. */
static inline void see(int what)
{
    uint32_t g = run_current->self->id;

    assert_true(g < GOROUTINES && nseen[g] < SEEN);
    seen[g][nseen[g]++] = what;
}

static inline void unsee(void)
{
    memset(seen, 0, sizeof seen);
    memset(nseen, 0, sizeof nseen);
}

/* "END/LEFT g:what g:what ..." */
static inline void outcome_of(const struct run *run, char *text, size_t size)
{
    int len = snprintf(text, size, "%d/%u", run->end, run->nlive);

    for (int g = 0; g < GOROUTINES; g++)
        for (int i = 0; i < nseen[g]; i++)
            len += snprintf(text + len, size - (size_t)len, " %d:%d", g, seen[g][i]);
}

struct outcomes {
    char at[OUTCOMES][200];
    size_t n;
    uint64_t runs;
    unsigned ends[RUN_LOAD + 1]; /* runs that ended so */
};

static inline bool has_outcome(const struct outcomes *set, const char *text)
{
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(set->at[i], text) == 0)
            return true;
    return false;
}

static inline void note_outcome(struct outcomes *set, const struct run *run)
{
    char text[200];

    outcome_of(run, text, sizeof text);
    set->ends[run->end]++;
    if (has_outcome(set, text))
        return;
    assert_true(set->n < OUTCOMES);
    memcpy(set->at[set->n++], text, sizeof text);
}

/* The schedule of the trace makes the same run again: byte for byte when exact, else the
 * same steps and the same outcome (of a free run, whose facts come in another order). */
static inline void replays(const struct run *was, void (*main)(void *), bool exact)
{
    struct schedule schedule;
    struct strategy *strategy;
    struct run again;
    char before[200], after[200];
    int saved[GOROUTINES][SEEN], nsaved[GOROUTINES];

    outcome_of(was, before, sizeof before);
    memcpy(saved, seen, sizeof seen);
    memcpy(nsaved, nseen, sizeof nseen);
    assert_true(schedule_of_trace(&schedule, was->trace));
    strategy = replay_new(&schedule);
    assert_true(bench_init(&again, true));
    unsee();
    bench_run(&again, strategy, main);
    outcome_of(&again, after, sizeof after);
    assert_string_equal(before, after);
    assert_int_equal(replay_diverged(strategy), -1);
    assert_int_equal(schedule_mismatch(&schedule, again.trace), -1);
    if (exact)
        assert_true(traces_equal(was->trace, again.trace));
    strategy->free(strategy);
    schedule_release(&schedule);
    bench_release(&again);
    memcpy(seen, saved, sizeof seen);
    memcpy(nseen, nsaved, sizeof nseen);
}

static inline void all_runs(struct outcomes *set, void (*main)(void *), bool reduced)
{
    struct strategy *strategy = reduced ? sleep_new(BUDGET) : exhaustive_new(BUDGET);
    struct run run;
    bool more;

    memset(set, 0, sizeof *set);
    assert_true(bench_init(&run, true));
    do {
        unsee();
        if (bench_run(&run, strategy, main) != RUN_REDUNDANT) {
            note_outcome(set, &run);
            if (reduced)
                replays(&run, main, true);
        }
        set->runs++;
        more = strategy->end(strategy);
    } while (more);
    assert_true(reduced ? sleep_done(strategy) : exhaustive_done(strategy));
    strategy->free(strategy);
    bench_release(&run);
}

/* DPOR finds the same outcomes. */
static inline void dpor_agrees(void (*main)(void *), const struct outcomes *all)
{
    static struct outcomes by_dpor;
    struct strategy *strategy = dpor_new(BUDGET);
    struct run run;

    memset(&by_dpor, 0, sizeof by_dpor);
    assert_true(bench_init(&run, true));
    do {
        unsee();
        if (bench_run(&run, strategy, main) != RUN_REDUNDANT)
            note_outcome(&by_dpor, &run);
    } while (strategy->end(strategy));
    assert_true(dpor_done(strategy));
    for (size_t i = 0; i < all->n; i++)
        if (!has_outcome(&by_dpor, all->at[i]))
            fail_msg("not found by dpor: %s", all->at[i]);
    assert_int_equal(by_dpor.n, all->n);
    strategy->free(strategy);
    bench_release(&run);
}

/* All interleavings of a program: as many outcomes as said; the reduced search
 * and dpor find the same ones; every run replays; a free run is one of them. */
static inline void explores(void (*main)(void *), size_t outcomes, struct outcomes *reduced)
{
    static struct outcomes all;
    char text[200];
    struct run run;

    all_runs(&all, main, false);
    all_runs(reduced, main, true);
    if (reduced->n != all.n || all.n != outcomes) {
        for (size_t i = 0; i < all.n; i++)
            print_message("%s%s\n", all.at[i], has_outcome(reduced, all.at[i])
                                                   ? "" : " (not found by the reduced search)");
        fail_msg("%zu outcomes, %zu by the reduced search; %zu expected", all.n, reduced->n,
                 outcomes);
    }
    for (size_t i = 0; i < all.n; i++)
        assert_true(has_outcome(reduced, all.at[i]));
    assert_true(reduced->runs <= all.runs);
    dpor_agrees(main, &all);

    assert_true(bench_init(&run, false));
    unsee();
    bench_run(&run, NULL, main);
    outcome_of(&run, text, sizeof text);
    if (!has_outcome(&all, text))
        fail_msg("a free run ends with an outcome no interleaving has: %s", text);
    replays(&run, main, false);
    bench_release(&run);
}

/* One run in each mode (round robin), both with this outcome. */
static inline void runs(void (*main)(void *), const char *outcome)
{
    for (int explored = 0; explored < 2; explored++) {
        struct strategy *strategy = round_robin_new();
        char text[200];
        struct run run;

        assert_true(bench_init(&run, explored));
        unsee();
        bench_run(&run, strategy, main);
        outcome_of(&run, text, sizeof text);
        assert_string_equal(text, outcome);
        strategy->free(strategy);
        bench_release(&run);
    }
}

#define T(name) cmocka_unit_test(name)

#endif
