/* test_refused.c -- the runtime, the primitives and the checkers, each allocation failing in turn.
 *
 * However a run was cut short it ends as "memory", is dropped, and the next one runs as ever.
 */
#include "check/check.h"
#include "explore/strategy.h"
#include "rt/basic.h"
#include "sync/cell.h"
#include "sync/clock.h"
#include "sync/cond.h"
#include "sync/context.h"
#include "sync/errgroup.h"
#include "sync/flight.h"
#include "sync/limiter.h"
#include "sync/once.h"
#include "sync/pool.h"
#include "sync/rwmutex.h"
#include "unit/refuse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* --- a program that makes one of each ------------------------------------------- */

static struct {
    struct chan *chan;
    struct waitgroup *wg;
    struct mutex *mutex;
    struct cond *cond;
    struct errgroup *group;
    struct flight *flight;
} at;

static void *need(void *made)
{
    if (!made)
        run_stop(run_current, RUN_MEMORY);
    return made;
}

static void must(enum fault fault)
{
    if (fault)
        run_panic(run_current, fault_text(fault), fault_is_fatal(fault));
}

static int64_t show(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run;
    *kind = VALUE_INT;
    return *(const int *)element;
}

static const struct chan_type ints = {sizeof(int), show};

static void send(void *arg)
{
    (void)arg;
    must(chan_send(run_current, at.chan, &(int){1}));
    must(waitgroup_add(run_current, at.wg, -1));
}

static void later(void *arg)
{
    (void)arg;
    basic_yield(run_current);
}

static void work(void *arg)
{
    struct flight_call *call;

    (void)arg;
    if (flight_begin(run_current, at.flight, 1, true, &call))
        flight_end(run_current, at.flight, call);
    errgroup_end(run_current, at.group);
}

static void locks(struct run *run)
{
    struct rwmutex *rw = need(rwmutex_make(run, "rw"));
    struct sync_once *once = need(sync_once_make(run, NULL));
    struct sync_pool *pool = need(sync_pool_make(run, NULL));
    struct atomic *atomic = need(atomic_make(run, 1, NULL));
    struct cell *map = need(cell_make(run, OBJECT_MAP, NULL));

    at.mutex = need(mutex_make(run, "mu"));
    at.cond = need(cond_make(run, at.mutex, NULL));
    mutex_lock(run, at.mutex);
    must(mutex_unlock(run, at.mutex));
    cond_broadcast(run, at.cond);
    rwmutex_rlock(run, rw);
    must(rwmutex_runlock(run, rw));
    if (sync_once_begin(run, once))
        sync_once_end(run, once);
    if (!sync_pool_put(run, pool))
        run_stop(run, RUN_MEMORY);
    sync_pool_get(run, pool);
    atomic_add(run, atomic, 1);
    cell_step(run, map, true);
    cell_tell(run, map, &(struct cell_told){.op = CELL_STORE, .changed = true, .key = 1,
                                            .text = "key"});
}

static void timed(struct run *run)
{
    struct context *root = need(context_background(run));
    struct context *limited = need(context_with_timeout(run, root, 100));
    struct clock_timer *timer = need(clock_after(run, 10));
    struct limiter *limiter = need(limiter_make(run, 5, 1, NULL));
    struct semaphore *semaphore = need(semaphore_make(run, 1, NULL));
    enum fault fault;
    bool ok;

    need(context_after_func(run, limited, later, NULL, "later"));
    need(clock_after_func(run, 20, later, NULL, "later"));
    clock_stop(run, need(clock_ticker(run, 7, &fault)));
    chan_recv(run, timer->chan, NULL, &ok);
    limiter_wait(run, limiter, 1, limited);
    limiter_wait(run, limiter, 1, limited);
    semaphore_acquire(run, semaphore, 1, limited);
    must(semaphore_release(run, semaphore, 1));
    context_cancel(run, limited);
}

static void program(void *arg)
{
    struct run *run = run_current;
    struct clause cases[2] = {{.chan = NULL}, {.send = true, .element = &(int){2}}};
    int32_t chosen;
    int value;
    bool ok;

    (void)arg;
    at.chan = cases[1].chan = need(chan_make(run, &ints, 0, 0, "c"));
    at.wg = need(waitgroup_make(run, NULL));
    must(waitgroup_add(run, at.wg, 2));
    for (int i = 0; i < 2; i++) {
        need(run_go(run, send, NULL, "send"));
        chan_recv(run, at.chan, &value, &ok);
    }
    must(waitgroup_wait(run, at.wg));
    must(chan_select(run, cases, 2, true, true, &chosen));
    locks(run);
    timed(run);
    at.flight = need(flight_make(run, NULL));
    at.group = need(errgroup_make(run, need(context_background(run)), NULL));
    errgroup_set_limit(run, at.group, 2);
    must(errgroup_begin(run, at.group));
    need(run_go(run, work, NULL, "work"));
    must(errgroup_wait(run, at.group));
    basic_rand(run, 3);
    basic_print(run, "do\0ne\n", 6);
}

/* --- all of it, from nothing ------------------------------------------------------ */

struct attempt {
    bool prepared; /* else there was no memory for the run itself */
    enum run_end end;
    bool refused;
    bool told; /* by a checker that it had no memory */
};

static struct attempt attempt(uint32_t nth, bool for_ever, bool explored)
{
    struct findings findings = {0};
    struct run run = {.explored = explored};
    struct strategy *strategy = round_robin_new();
    struct attempt result = {0};
    struct watcher *race;

    assert_non_null(strategy);
    refuse_begin(nth, for_ever);
    race = race_new(&findings);
    run.watchers = race;
    run.trace = trace_new(2000, 10000);
    run.strategy = strategy;
    if (race && run.trace && run_init(&run)) {
        result.prepared = true;
        result.end = run_start(&run, program, NULL);
        result.told = findings.count > 0;
    }
    result.refused = refuse_end();
    if (result.prepared) { /* and once more, with memory */
        run_clear(&run);
        findings.count = 0;
        assert_int_equal(run_start(&run, program, NULL), RUN_DONE);
        assert_int_equal(run.nlive, 0);
    }
    run_release(&run);
    free(run.trace);
    if (race)
        race_free(race);
    strategy->free(strategy);
    return result;
}

static void each_in_turn(bool for_ever, bool explored)
{
    uint32_t nth = 1, ended = 0;
    struct attempt last;

    do {
        last = attempt(nth, for_ever, explored);
        if (last.refused && last.prepared && last.end != RUN_MEMORY && last.end != RUN_DONE)
            fail_msg("allocation %u refused: ended as %d", nth, last.end);
        if (last.refused && last.prepared && last.end == RUN_DONE && !last.told)
            fail_msg("allocation %u refused, and nobody told", nth);
        ended += last.prepared && last.end == RUN_MEMORY;
        nth++;
        assert_true(nth < 2000);
    } while (last.refused);
    assert_int_equal(last.end, RUN_DONE);
    assert_true(ended > 30); /* each constructor and each goroutine, at least */
}

static void one_fails(void **state)
{
    (void)state;
    each_in_turn(false, false);
    each_in_turn(false, true);
}

static void all_fail_from_one_on(void **state)
{
    (void)state;
    each_in_turn(true, false);
    each_in_turn(true, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_fails),
        cmocka_unit_test(all_fail_from_one_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
