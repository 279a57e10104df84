/* test_sleep.c -- one run for each class of interleavings: numbers known from elsewhere,
 * and the same outcomes as all interleavings give on random programs. */
#include "explore/strategy.h"
#include "rt/basic.h"
#include "rt/run.h"
#include "sync/chan.h"
#include "sync/clock.h"
#include "sync/context.h"
#include "sync/mutex.h"
#include "sync/waitgroup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int64_t show_int(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run;
    *kind = VALUE_INT;
    return *(const int *)element;
}

static const struct chan_type int_type = {sizeof(int), show_int};

static struct waitgroup *wg;
static int size;

struct counts {
    uint64_t runs, blocked, deadlocks;
};

static struct counts explore(void (*body)(void *), int n, bool sleeping)
{
    struct strategy *strategy = sleeping ? sleep_new(0) : exhaustive_new(0);
    struct run run = {.explored = true, .strategy = strategy};
    struct counts counts = {0};
    bool more;

    size = n;
    assert_true(run_init(&run));
    do {
        run_clear(&run);
        run_start(&run, body, NULL);
        more = strategy->end(strategy);
        counts.runs += run.end != RUN_REDUNDANT;
        counts.blocked += run.end == RUN_REDUNDANT;
        counts.deadlocks += run.end == RUN_DEADLOCK;
    } while (more);
    assert_true(sleeping ? sleep_done(strategy) : exhaustive_done(strategy));
    if (sleeping)
        assert_int_equal(sleep_blocked(strategy), counts.blocked);
    strategy->free(strategy);
    run_release(&run);
    return counts;
}

/* N goroutines, once lock; unlock under one mutex: N! orders. */
static void locks_once(void *mutex)
{
    mutex_lock(run_current, mutex);
    mutex_unlock(run_current, mutex);
    waitgroup_add(run_current, wg, -1);
}

static void counter(void *arg)
{
    struct mutex *mutex = mutex_make(run_current, NULL);

    (void)arg;
    wg = waitgroup_make(run_current, NULL);
    waitgroup_add(run_current, wg, size);
    for (int i = 0; i < size; i++)
        run_go(run_current, locks_once, mutex, NULL);
    waitgroup_wait(run_current, wg);
}

static void test_counter(void **state)
{
    (void)state;
    assert_int_equal(explore(counter, 2, true).runs, 2);
    assert_int_equal(explore(counter, 3, true).runs, 6);
    assert_int_equal(explore(counter, 4, true).runs, 24);
    assert_int_equal(explore(counter, 5, true).runs, 120);
    /* without reduction there are more, though it finds nothing else */
    assert_true(explore(counter, 3, false).runs > 6);
}

/* N philosophers, left fork first: 2^N - 1 orders of acquisition, one of them the deadlock. */
static struct mutex *forks[8];

static void philosopher(void *arg)
{
    int i = (int)(intptr_t)arg;

    mutex_lock(run_current, forks[i]);
    mutex_lock(run_current, forks[(i + 1) % size]);
    mutex_unlock(run_current, forks[(i + 1) % size]);
    mutex_unlock(run_current, forks[i]);
    waitgroup_add(run_current, wg, -1);
}

static void dinner(void *arg)
{
    (void)arg;
    wg = waitgroup_make(run_current, NULL);
    for (int i = 0; i < size; i++)
        forks[i] = mutex_make(run_current, NULL);
    waitgroup_add(run_current, wg, size);
    for (intptr_t i = 0; i < size; i++)
        run_go(run_current, philosopher, (void *)i, NULL);
    waitgroup_wait(run_current, wg);
}

static void test_philosophers(void **state)
{
    static const int sizes[] = {2, 3, 5};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct counts counts = explore(dinner, sizes[i], true);

        assert_int_equal(counts.runs, (1 << sizes[i]) - 1);
        assert_int_equal(counts.deadlocks, 1);
    }
}

/* N senders on one unbuffered channel, one receiver: N! orders of arrival. */
static void sends(void *chan)
{
    int v = 1;

    chan_send(run_current, chan, &v);
}

static void collect(void *arg)
{
    struct chan *chan = chan_make(run_current, &int_type, 0, 0, NULL);
    bool ok;

    (void)arg;
    for (int i = 0; i < size; i++)
        run_go(run_current, sends, chan, NULL);
    for (int i = 0; i < size; i++)
        chan_recv(run_current, chan, NULL, &ok);
}

static void test_senders(void **state)
{
    (void)state;
    assert_int_equal(explore(collect, 2, true).runs, 2);
    assert_int_equal(explore(collect, 3, true).runs, 6);
    assert_int_equal(explore(collect, 4, true).runs, 24);
}

/* --- random programs: every outcome all interleavings give, and no other ---- */

enum { THREADS = 3, OPS = 3, CHANS = 2 };

static uint32_t seed;
static struct chan *chans[CHANS];
static struct mutex *lock;
static char outcome[512];

static uint32_t draw(uint32_t *x, uint32_t n)
{
    *x = *x * 1664525 + 1013904223;
    return (*x >> 16) % n;
}

static void note(int who, int what)
{
    size_t len = strlen(outcome);

    snprintf(outcome + len, sizeof outcome - len, "%d:%d ", who, what);
}

/* What each goroutine saw, one list per goroutine: orders between goroutines do not show. */
static int seen[THREADS + 1][2 * OPS + 4], nseen[THREADS + 1];

static void see(int who, int what)
{
    seen[who][nseen[who]++] = what;
}

static void random_thread(void *arg)
{
    int who = (int)(intptr_t)arg;
    uint32_t x = seed * 31 + (uint32_t)who * 977;

    for (int i = 0; i < OPS; i++) {
        struct chan *c = chans[draw(&x, CHANS)];
        int v = who * 10 + i;
        bool ok;

        switch (draw(&x, 6)) {
        case 0:
        case 1:
            see(who, (int)chan_send(run_current, c, &v));
            break;
        case 2:
            chan_recv(run_current, c, &v, &ok);
            see(who, ok ? v : -1);
            break;
        case 3: {
            struct clause cases[2] = {{.chan = chans[0], .send = draw(&x, 2), .element = &v},
                                      {.chan = chans[1], .send = draw(&x, 2), .element = &v}};
            int32_t chosen;

            see(who, chan_select(run_current, cases, 2, draw(&x, 3) == 0, true, &chosen) ? -2 : v);
            see(who, chosen);
            break;
        }
        case 4:
            if (draw(&x, 4) == 0)
                see(who, (int)chan_close(run_current, c));
            break;
        case 5:
            mutex_lock(run_current, lock);
            see(who, nseen[0]);
            nseen[0] = who; /* shared, under the lock */
            mutex_unlock(run_current, lock);
            break;
        }
    }
}

static void random_program(void *arg)
{
    uint32_t x = seed;

    (void)arg;
    memset(seen, 0, sizeof seen);
    memset(nseen, 0, sizeof nseen);
    for (int i = 0; i < CHANS; i++)
        chans[i] = chan_make(run_current, &int_type, draw(&x, 2), 0, NULL);
    lock = mutex_make(run_current, NULL);
    for (intptr_t i = 2; i <= THREADS; i++)
        run_go(run_current, random_thread, (void *)i, NULL);
    random_thread((void *)(intptr_t)1);
}

struct outcomes {
    char **at;
    size_t n;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_outcome(struct outcomes *set, const struct run *run)
{
    outcome[0] = '\0';
    note(run->end, (int)run->nlive);
    for (int who = 1; who <= THREADS; who++)
        for (int i = 0; i < nseen[who]; i++)
            note(who, seen[who][i]);
    for (size_t i = 0; i < set->n; i++)
        if (strcmp(set->at[i], outcome) == 0)
            return;
    set->at = realloc(set->at, (set->n + 1) * sizeof *set->at);
    set->at[set->n++] = strdup(outcome);
}

enum { TOO_MANY = 20000 };

static uint64_t all_outcomes(struct outcomes *set, bool sleeping)
{
    struct strategy *strategy = sleeping ? sleep_new(TOO_MANY) : exhaustive_new(TOO_MANY);
    struct run run = {.explored = true, .strategy = strategy};
    uint64_t runs = 0;
    bool more;

    assert_true(run_init(&run));
    do {
        run_clear(&run);
        run_start(&run, random_program, NULL);
        more = strategy->end(strategy);
        runs++;
        if (run.end != RUN_REDUNDANT)
            add_outcome(set, &run);
    } while (more);
    if (!(sleeping ? sleep_done(strategy) : exhaustive_done(strategy)))
        runs = 0;
    strategy->free(strategy);
    run_release(&run);
    qsort(set->at, set->n, sizeof *set->at, by_text);
    return runs;
}

static void free_outcomes(struct outcomes *set)
{
    while (set->n > 0)
        free(set->at[--set->n]);
    free(set->at);
}

static void test_same_outcomes(void **state)
{
    unsigned compared = 0, fewer = 0;

    (void)state;
    for (seed = 1; seed <= 300; seed++) {
        struct outcomes all = {0}, classes = {0};
        uint64_t runs = all_outcomes(&all, false), reduced;

        if (runs > 0) {
            reduced = all_outcomes(&classes, true);
            assert_true(reduced > 0 && reduced <= runs);
            if (all.n != classes.n)
                print_error("seed %u: %zu outcomes, %zu with sleep sets\n", seed, all.n, classes.n);
            assert_int_equal(all.n, classes.n);
            for (size_t i = 0; i < all.n; i++)
                assert_string_equal(all.at[i], classes.at[i]);
            compared++;
            fewer += reduced < runs;
        }
        free_outcomes(&all);
        free_outcomes(&classes);
    }
    assert_true(compared > 150);
    assert_true(fewer > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counter),
        cmocka_unit_test(test_philosophers),
        cmocka_unit_test(test_senders),
        cmocka_unit_test(test_same_outcomes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
