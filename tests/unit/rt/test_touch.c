/* test_touch.c -- the table of what commutes: in random programs both orders of each pair of steps
 * that commute are executed, from all states their interleavings lead to, and come to the same.
 *
 * All interleavings of a program are made.  Those with one trace (tests/unit/explore/traces.h) have
 * the same steps in orders that differ only in pairs that commute; so each goroutine must have seen
 * the same, and the end must be the same.  The pairs of modes that came up next to each other are
 * counted, so that no entry of the table goes untested.
 */
#include "rt/touch.h"
#include "sync/cell.h"
#include "sync/cond.h"
#include "sync/once.h"
#include "sync/rwmutex.h"
#include "unit/explore/programs.h"
#include "unit/explore/traces.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { THREADS = 3, OPS = 2, SEEDS = 4000, BUDGET = 4000 };

static uint32_t seed;

static struct {
    struct chan *bare, *buffer;
    struct mutex *mutexes[2];
    struct rwmutex *rw;
    struct waitgroup *wg;
    struct sync_once *once;
    struct atomic *atomic;
    int under_rw, under_mutex[2];
    uint32_t semaphore; /* its id, */
    int32_t posts;      /* and its value: as sem_t, which only C programs have */
} at;

/* What each goroutine saw, in its own order, as one number. */
static uint64_t seen[THREADS + 1];

/* Locks that came one after the other on two objects. */
static unsigned locks_beside;

/* next[a][b]: steps that touched one object so came one after the other and commute. */
static unsigned next_to[TOUCH_MODE_COUNT][TOUCH_MODE_COUNT];

static uint32_t draw(uint32_t *x, uint32_t n)
{
    *x = *x * 1664525 + 1013904223;
    return (*x >> 16) % n;
}

static void see(int who, int64_t what)
{
    seen[who] = trace_mix(seen[who], (uint64_t)what);
}

static void use_chan(int who, struct chan *chan, uint32_t kind, int value)
{
    bool ok = true;

    if (kind == 0) {
        see(who, chan_send(run_current, chan, &value));
    } else if (kind == 1) {
        chan_recv(run_current, chan, &value, &ok);
        see(who, ok ? value : -1);
    } else if (kind == 2) {
        see(who, chan_close(run_current, chan));
    } else {
        see(who, chan_look(run_current, chan));
    }
}

static void read_shelf(int who)
{
    rwmutex_rlock(run_current, at.rw);
    see(who, at.under_rw);
    must(rwmutex_runlock(run_current, at.rw));
}

static void write_shelf(int who)
{
    rwmutex_lock(run_current, at.rw);
    see(who, at.under_rw);
    at.under_rw = who;
    must(rwmutex_unlock(run_current, at.rw));
}

static void use_mutex(int who, uint32_t i)
{
    mutex_lock(run_current, at.mutexes[i]);
    see(who, at.under_mutex[i]);
    at.under_mutex[i] = who;
    must(mutex_unlock(run_current, at.mutexes[i]));
}

/* One within the other, in either order: they may come to wait for each other. */
static void use_both(int who, uint32_t first)
{
    mutex_lock(run_current, at.mutexes[first]);
    use_mutex(who, !first);
    must(mutex_unlock(run_current, at.mutexes[first]));
}

static void tell_semaphore(enum event_kind kind)
{
    struct event event = event_make(run_current, kind, run_current->self, at.semaphore);

    event_emit(run_current, &event);
}

static void post(void)
{
    sched_step(run_current, at.semaphore, TOUCH_POST);
    sched_turned_out(run_current, TOUCH_POST, at.posts, false);
    at.posts++;
    tell_semaphore(EVENT_RELEASE);
}

static enum ready posted(struct goroutine *g)
{
    (void)g;
    return at.posts > 0 ? READY_YES : READY_NO;
}

static void take(void)
{
    struct touch touch = {.obj = at.semaphore, .mode = TOUCH_TAKE};

    sched_wait(run_current, WAIT_POST, at.semaphore, posted, NULL, NULL,
               (struct touches){&touch, 1});
    touch.before.level = at.posts--;
    tell_semaphore(EVENT_ACQUIRE);
}

static void operate(int who, uint32_t *x, int value)
{
    run_current->self->line = (uint32_t)value;
    switch (draw(x, 14)) {
    case 0: case 1: use_chan(who, at.bare, draw(x, 4), value); break;
    case 2: case 3: case 4: use_chan(who, at.buffer, draw(x, 4), value); break;
    case 5: read_shelf(who); break;
    case 6: write_shelf(who); break;
    case 7:
        if (sync_once_begin(run_current, at.once)) {
            see(who, 1);
            sync_once_end(run_current, at.once);
        }
        break;
    case 8:
        if (draw(x, 2) == 0)
            waitgroup_wait(run_current, at.wg);
        else if (draw(x, 2))
            see(who, waitgroup_add(run_current, at.wg, 1));
        else
            see(who, waitgroup_add(run_current, at.wg, -1));
        break;
    case 9:
        if (draw(x, 2))
            see(who, atomic_load(run_current, at.atomic));
        else
            see(who, atomic_add(run_current, at.atomic, 1));
        break;
    case 10: use_mutex(who, draw(x, 2)); break;
    case 11: use_both(who, draw(x, 2)); break;
    case 12: post(); break;
    case 13: take(); break;
    }
}

static void thread(void *arg)
{
    int who = (int)(intptr_t)arg;
    uint32_t x = seed * 31 + (uint32_t)who * 977;

    for (int i = 0; i < OPS; i++)
        operate(who, &x, who * 10 + i);
}

static void program(void *arg)
{
    uint32_t x = seed * 7 + 3;

    (void)arg;
    memset(seen, 0, sizeof seen);
    at.under_rw = 0;
    at.bare = ints(0);
    at.buffer = ints(1 + draw(&x, 3));
    for (int i = 0; i < 2; i++) {
        at.mutexes[i] = mutex_make(run_current, NULL);
        at.under_mutex[i] = 0;
    }
    at.semaphore = run_object(run_current, OBJECT_SEMAPHORE, 0, -1, NULL);
    at.posts = (int32_t)draw(&x, 2);
    at.rw = rwmutex_make(run_current, NULL);
    at.wg = waitgroup_make(run_current, NULL);
    at.once = sync_once_make(run_current, NULL);
    at.atomic = atomic_make(run_current, 0, NULL);
    must(waitgroup_add(run_current, at.wg, 2));
    if (draw(&x, 2)) {
        int value = 7;

        must(chan_send(run_current, at.buffer, &value));
    }
    for (intptr_t i = 1; i <= THREADS; i++)
        start(thread, (void *)i);
    chan_recv(run_current, NULL, NULL, &(bool){false});
}

/* --- all interleavings -------------------------------------------------------- */

struct outcome {
    uint64_t trace, outcome;
};

static struct outcome outcomes[BUDGET];

static uint64_t outcome_of(const struct run *run)
{
    uint64_t sum = trace_mix((uint64_t)run->end, run->nlive);

    for (int who = 1; who <= THREADS; who++)
        sum = trace_mix(sum, seen[who]);
    for (const struct goroutine *g = run->live; g; g = g->next)
        sum = trace_mix(trace_mix(sum, g->id), g->line); /* who is left, and where */
    return sum;
}

static void count_pairs(const struct recorder *recorder)
{
    for (uint32_t x = 1; x < recorder->n; x++) {
        const struct traced *a = &recorder->steps[x - 1], *b = &recorder->steps[x];

        if (traced_ordered(recorder, x - 1, x))
            continue;
        for (uint32_t i = 0; i < a->ntouches; i++)
            for (uint32_t k = 0; k < b->ntouches; k++)
                if (a->touches[i].obj == b->touches[k].obj) {
                    next_to[a->touches[i].mode][b->touches[k].mode]++;
                    next_to[b->touches[k].mode][a->touches[i].mode]++;
                } else {
                    locks_beside += a->touches[i].mode == TOUCH_LOCK &&
                                    b->touches[k].mode == TOUCH_LOCK;
                }
    }
}

static uint32_t all_runs(void)
{
    static struct recorder recorder;
    struct strategy *strategy = exhaustive_new(BUDGET);
    struct run run = {.explored = true, .strategy = &recorder.strategy, .limits = {.steps = 300}};
    uint32_t n = 0;
    bool more;

    recorder_init(&recorder, strategy);
    assert_true(run_init(&run));
    do {
        run_clear(&run);
        run_start(&run, program, NULL);
        outcomes[n++] = (struct outcome){recorder_trace(&recorder, &run), outcome_of(&run)};
        count_pairs(&recorder);
        more = strategy->end(strategy);
    } while (more);
    strategy->free(strategy);
    run_release(&run);
    return n;
}

static int by_trace(const void *a, const void *b)
{
    const struct outcome *x = a, *y = b;

    return (x->trace > y->trace) - (x->trace < y->trace);
}

static void both_orders_come_to_the_same(void **state)
{
    uint64_t compared = 0;

    (void)state;
    for (seed = 1; seed <= SEEDS; seed++) {
        uint32_t n = all_runs();

        qsort(outcomes, n, sizeof *outcomes, by_trace);
        for (uint32_t i = 1; i < n; i++) {
            if (outcomes[i].trace != outcomes[i - 1].trace)
                continue;
            compared++;
            if (outcomes[i].outcome != outcomes[i - 1].outcome)
                fail_msg("seed %u: one trace, two outcomes", seed);
        }
    }
    assert_true(compared > 100000);
}

/* Pairs of modes of one object that may commute, and do come up. */
static void every_entry_came_up(void **state)
{
    static const struct { enum touch_mode a, b; } pairs[] = {
        {TOUCH_LOOK, TOUCH_LOOK},   {TOUCH_RAISE, TOUCH_RAISE}, {TOUCH_LOWER, TOUCH_LOWER},
        {TOUCH_ENTER, TOUCH_ENTER}, {TOUCH_ENTER, TOUCH_LEAVE},
        {TOUCH_LEAVE, TOUCH_LEAVE}, {TOUCH_SEND, TOUCH_RECV},   {TOUCH_RECV, TOUCH_CLOSE},
        {TOUCH_RECV, TOUCH_FAIL},   {TOUCH_DRAINED, TOUCH_DRAINED}, {TOUCH_LOOK, TOUCH_CLOSE},
        {TOUCH_LOOK, TOUCH_DRAINED}, {TOUCH_LOOK, TOUCH_HAND},  {TOUCH_FAIL, TOUCH_FAIL},
        {TOUCH_DRAINED, TOUCH_FAIL}, {TOUCH_ARRIVE, TOUCH_HAND}, {TOUCH_ARRIVE, TOUCH_CLOSE},
        {TOUCH_ARRIVE, TOUCH_ARRIVE}, {TOUCH_POST, TOUCH_POST}, {TOUCH_POST, TOUCH_TAKE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (next_to[pairs[i].a][pairs[i].b] == 0)
            fail_msg("modes %d and %d never came one after the other", pairs[i].a, pairs[i].b);
    assert_true(locks_beside > 0);
}

static void the_table_is_symmetric(void **state)
{
    (void)state;
    for (int a = 0; a < TOUCH_MODE_COUNT; a++)
        for (int b = 0; b < TOUCH_MODE_COUNT; b++)
            if ((touch_conflicts[a] >> b & 1) != (touch_conflicts[b] >> a & 1))
                fail_msg("modes %d and %d", a, b);
}

/* The k-th send and the k-th receive, and the (k + capacity)-th send. */
static void sends_and_receives(void **state)
{
    struct touch send = {.obj = 1, .mode = TOUCH_SEND, .cap = 2};
    struct touch recv = {.obj = 1, .mode = TOUCH_RECV, .cap = 2};

    (void)state;
    for (send.before.sent = 0; send.before.sent < 6; send.before.sent++)
        for (recv.before.received = 0; recv.before.received < 6; recv.before.received++) {
            uint32_t s = send.before.sent, r = recv.before.received;

            assert_int_equal(touch_conflict(&send, &recv), s == r || s == r + 2);
            assert_int_equal(touch_conflict(&recv, &send), s == r || s == r + 2);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_symmetric),
        cmocka_unit_test(sends_and_receives),
        cmocka_unit_test(both_orders_come_to_the_same),
        cmocka_unit_test(every_entry_came_up),
    };

    return cmocka_run_group_tests_name("touch", tests, NULL, NULL);
}
