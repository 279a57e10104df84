/* programs.h -- small programs for the tests of strategies, and a way to run them.
 *
 * Each is a main function in C on the runtime itself.  Comments give the number of
 * leaves of its tree of choices, counted by hand where it is small.  A hand-off is one
 * step, the receiver's; main's end is a step.
 */
#ifndef BRAID_TESTS_EXPLORE_PROGRAMS_H
#define BRAID_TESTS_EXPLORE_PROGRAMS_H

#include "explore/schedule.h"
#include "explore/strategy.h"
#include "rt/basic.h"
#include "rt/run.h"
#include "sync/chan.h"
#include "sync/clock.h"
#include "sync/context.h"
#include "sync/mutex.h"
#include "sync/waitgroup.h"

#include <stdlib.h>
#include <string.h>

/* --- running -------------------------------------------------------------- */

static inline bool bench_init(struct run *run, bool explored)
{
    memset(run, 0, sizeof *run);
    run->explored = explored;
    run->limits.steps = 20000;
    run->limits.aftermath = 2000;
    run->trace = trace_new(40000, 1 << 20);
    return run->trace && run_init(run);
}

static inline void bench_release(struct run *run)
{
    run_release(run);
    free(run->trace);
}

/* One run; leaves it to be looked at. */
static inline enum run_end bench_run(struct run *run, struct strategy *strategy,
                                     void (*main)(void *))
{
    run_clear(run);
    run->strategy = strategy;
    return run_start(run, main, NULL);
}

static inline bool traces_equal(const struct trace *a, const struct trace *b)
{
    return a->count == b->count && a->dropped == 0 && b->dropped == 0 &&
           a->text_len == b->text_len &&
           memcmp(a->events, b->events, a->count * sizeof a->events[0]) == 0 &&
           memcmp(trace_text(a, 1), trace_text(b, 1), a->text_len > 1 ? a->text_len - 1 : 0) == 0;
}

/* --- what the programs are made of ---------------------------------------- */

static inline int64_t show_int(struct run *run, const void *element, enum value_kind *kind)
{
    (void)run;
    *kind = VALUE_INT;
    return *(const int *)element;
}

static const struct chan_type int_type = {sizeof(int), show_int};

static inline struct chan *ints(uint32_t cap)
{
    return chan_make(run_current, &int_type, cap, 0, NULL);
}

static inline void must(enum fault fault)
{
    if (fault)
        run_panic(run_current, fault_text(fault), fault_is_fatal(fault));
}

static inline void send(struct chan *chan, int value)
{
    must(chan_send(run_current, chan, &value));
}

static inline int receive(struct chan *chan, bool *ok)
{
    int value = 0;
    bool open;

    chan_recv(run_current, chan, &value, &open);
    if (ok)
        *ok = open;
    return value;
}

static inline void start(void (*entry)(void *), void *arg)
{
    run_go(run_current, entry, arg, NULL);
}

/* Memory of the run. */
static inline void *alloc(size_t size)
{
    return region_alloc(&run_current->objects, size);
}

/* A step that is always possible and touches nobody else. */
static inline void step(void)
{
    basic_print(run_current, "", 0);
}

/* --- independent steps ----------------------------------------------------- */

static inline void two_steps(void *arg)
{
    (void)arg;
    step();
    step();
}

static inline void three_steps(void *arg)
{
    (void)arg;
    step();
    two_steps(NULL);
}

/* Three steps among three and main's end: C(7,3) = 35. */
static inline void three_and_three(void *arg)
{
    start(three_steps, NULL);
    three_steps(arg);
}

/* Two steps, two steps, two and main's end: 7! / (2! 2! 3!) = 210. */
static inline void two_and_two_and_two(void *arg)
{
    start(two_steps, NULL);
    start(two_steps, NULL);
    two_steps(arg);
}

/* --- channels -------------------------------------------------------------- */

static inline void send_one(void *arg)
{
    send(arg, 1);
}

static inline void send_three(void *arg)
{
    for (int i = 1; i <= 3; i++)
        send(arg, i);
}

/* Three hand-offs in their order: 1. */
static inline void three_hand_offs(void *arg)
{
    struct chan *chan = ints(0);

    (void)arg;
    start(send_three, chan);
    for (int i = 0; i < 3; i++)
        receive(chan, NULL);
}

/* Two senders, one receiver, who takes from either first: 2. */
static inline void two_senders(void *arg)
{
    struct chan *chan = ints(0);

    (void)arg;
    start(send_one, chan);
    start(send_one, chan);
    receive(chan, NULL);
    receive(chan, NULL);
}

static inline void send_four(void *arg)
{
    for (int i = 1; i <= 4; i++)
        send(arg, i);
}

static inline void receive_four(uint32_t cap)
{
    struct chan *chan = ints(cap);

    start(send_four, chan);
    for (int i = 0; i < 4; i++)
        receive(chan, NULL);
}

/* Four sends and receives through a buffer: paths that stay between 0 and cap (Dyck
 * paths of bounded height): 1, 2^3 = 8, 13, 14 for cap 1, 2, 3, 4. */
static inline void buffer_of_one(void *arg) { (void)arg; receive_four(1); }
static inline void buffer_of_two(void *arg) { (void)arg; receive_four(2); }
static inline void buffer_of_three(void *arg) { (void)arg; receive_four(3); }
static inline void buffer_of_four(void *arg) { (void)arg; receive_four(4); }

/* A select with two ready cases: 2. */
static inline void two_ready_cases(void *arg)
{
    struct chan *a = ints(1), *b = ints(1);
    struct clause cases[] = {{.chan = a}, {.chan = b}};
    int32_t chosen;

    (void)arg;
    send(a, 1);
    send(b, 2);
    chan_select(run_current, cases, 2, false, true, &chosen);
}

/* --- locks ----------------------------------------------------------------- */

struct table {
    struct mutex *forks[2];
    struct waitgroup *wg;
};

static inline void lock_unlock(void *arg)
{
    mutex_lock(run_current, arg);
    must(mutex_unlock(run_current, arg));
}

/* Who gets the lock first, second, third: 3! = 6; main's end somewhere among six: 7.  42. */
static inline void three_lock(void *arg)
{
    struct mutex *mutex = mutex_make(run_current, NULL);

    (void)arg;
    for (int i = 0; i < 3; i++)
        start(lock_unlock, mutex);
}

static inline void dine(struct table *table, int first, int second)
{
    mutex_lock(run_current, table->forks[first]);
    mutex_lock(run_current, table->forks[second]);
    must(mutex_unlock(run_current, table->forks[second]));
    must(mutex_unlock(run_current, table->forks[first]));
    must(waitgroup_add(run_current, table->wg, -1));
}

static inline void left_first(void *arg) { dine(arg, 0, 1); }
static inline void right_first(void *arg) { dine(arg, 1, 0); }

/* Two philosophers, each beginning at another fork.  2 takes its first fork.  Then
 * either 3 takes its own: deadlock, 1.  Or 2 takes the second and puts it back; then
 * 2 puts back the first and has only Done left, 1 step among 3's 5: C(6,1) = 6; or 3
 * takes the free fork, 2 must put back the other, and 2's Done is among 3's 4: 5.
 * With 3 beginning as many: 2 * (1 + 6 + 5) = 24 leaves, 2 deadlocks. */
static inline void philosophers(void *arg)
{
    struct table *table = alloc(sizeof *table);

    (void)arg;
    table->forks[0] = mutex_make(run_current, NULL);
    table->forks[1] = mutex_make(run_current, NULL);
    table->wg = waitgroup_make(run_current, NULL);
    must(waitgroup_add(run_current, table->wg, 2));
    start(left_first, table);
    start(right_first, table);
    waitgroup_wait(run_current, table->wg);
}

static inline void done(void *arg)
{
    must(waitgroup_add(run_current, arg, -1));
}

/* Three Dones in any order, then Wait: 3! = 6. */
static inline void three_done(void *arg)
{
    struct waitgroup *wg = waitgroup_make(run_current, NULL);

    (void)arg;
    must(waitgroup_add(run_current, wg, 3));
    for (int i = 0; i < 3; i++)
        start(done, wg);
    waitgroup_wait(run_current, wg);
}

/* --- rand ------------------------------------------------------------------ */

/* 3 * 4 = 12. */
static inline void draw_twice(void *arg)
{
    (void)arg;
    basic_rand(run_current, 3);
    basic_rand(run_current, 4);
}

/* --- larger ones, for determinism and replay -------------------------------- */

struct workers {
    struct chan *jobs, *results;
    struct waitgroup *wg;
    struct context *ctx;
};

static inline void pool_worker(void *arg)
{
    struct workers *pool = arg;

    for (;;) {
        int job = 0, square;
        struct clause take[] = {{.chan = pool->jobs, .element = &job, .name = "job"},
                                {.chan = pool->ctx->done, .name = "done"}};
        struct clause give[] = {{.chan = pool->results, .send = true, .element = &square},
                                {.chan = pool->ctx->done}};
        int32_t chosen;

        must(chan_select(run_current, take, 2, false, true, &chosen));
        if (chosen == 1 || !take[0].ok)
            break;
        square = job * job;
        must(chan_select(run_current, give, 2, false, true, &chosen));
        if (chosen == 1)
            break;
    }
    must(waitgroup_add(run_current, pool->wg, -1));
}

static inline void pool_closer(void *arg)
{
    struct workers *pool = arg;

    waitgroup_wait(run_current, pool->wg);
    must(chan_close(run_current, pool->results));
}

static inline void pool_producer(void *arg)
{
    struct workers *pool = arg;

    for (int i = 1; i <= 4; i++) {
        struct clause give[] = {{.chan = pool->jobs, .send = true, .element = &i},
                                {.chan = pool->ctx->done}};
        int32_t chosen;

        must(chan_select(run_current, give, 2, false, true, &chosen));
        if (chosen == 1)
            break;
    }
    must(chan_close(run_current, pool->jobs));
}

/* Three workers, four jobs, cancelled by a timeout or when two results are there. */
static inline void worker_pool(void *arg)
{
    struct workers *pool = alloc(sizeof *pool);
    bool ok = true;

    (void)arg;
    pool->ctx = context_with_timeout(run_current, context_background(run_current), 1000);
    pool->jobs = ints(0);
    pool->results = ints(1);
    pool->wg = waitgroup_make(run_current, "wg");
    for (int i = 0; i < 3; i++) {
        must(waitgroup_add(run_current, pool->wg, 1));
        start(pool_worker, pool);
    }
    start(pool_closer, pool);
    start(pool_producer, pool);
    for (int n = 0; ok; n++) {
        receive(pool->results, &ok);
        if (n == 1 && basic_rand(run_current, 2))
            context_cancel(run_current, pool->ctx);
    }
}

/* Both close: one of them panics, while main waits. */
static inline void close_one(void *arg)
{
    struct workers *pool = arg;

    step();
    must(chan_close(run_current, pool->results));
    step();
    must(waitgroup_add(run_current, pool->wg, -1));
}

static inline void close_twice(void *arg)
{
    struct workers *pool = alloc(sizeof *pool);

    (void)arg;
    pool->results = ints(0);
    pool->wg = waitgroup_make(run_current, NULL);
    must(waitgroup_add(run_current, pool->wg, 2));
    start(close_one, pool);
    start(close_one, pool);
    receive(pool->results, NULL);
    step();
    waitgroup_wait(run_current, pool->wg);
}

static inline void close_both(void *arg)
{
    struct workers *pool = arg;

    must(chan_close(run_current, pool->jobs));
    must(chan_close(run_current, pool->results));
}

/* A select that may receive or panic: the choice of the case must be replayed. */
static inline void select_on_closed(void *arg)
{
    struct workers *pool = alloc(sizeof *pool);
    int one = 1;
    struct clause cases[2] = {{0}, {.send = true, .element = &one}};
    int32_t chosen;

    (void)arg;
    pool->jobs = cases[0].chan = ints(0);
    pool->results = cases[1].chan = ints(0);
    start(close_both, pool);
    must(chan_select(run_current, cases, 2, false, true, &chosen));
}

/* Somebody sends on nobody's channel for ever. */
static inline void leaky(void *arg)
{
    struct chan *chan = ints(0);

    (void)arg;
    start(send_one, chan);
    start(send_one, chan);
    start(two_steps, NULL);
    receive(chan, NULL);
}

static inline void poller(void *arg)
{
    struct chan *stop = arg;

    for (;;) {
        struct clause look = {.chan = stop};
        int32_t chosen;

        chan_select(run_current, &look, 1, true, true, &chosen);
        if (chosen == 0)
            return;
        clock_sleep(run_current, 10);
    }
}

/* Polls, sleeps and tickers. */
static inline void polling(void *arg)
{
    struct chan *stop = ints(0);
    enum fault fault;
    struct clock_timer *ticker = clock_ticker(run_current, 15, &fault);

    (void)arg;
    start(poller, stop);
    start(poller, stop);
    chan_recv(run_current, ticker->chan, NULL, &(bool){false});
    clock_stop(run_current, ticker);
    must(chan_close(run_current, stop));
    clock_sleep(run_current, 100);
}

/* Everything above that ends soon under every schedule. */
#define PROGRAMS(X)                                                                             \
    X(three_and_three) X(two_and_two_and_two) X(three_hand_offs) X(two_senders)                 \
    X(buffer_of_one) X(buffer_of_two) X(buffer_of_three) X(buffer_of_four) X(two_ready_cases)   \
    X(three_lock) X(philosophers) X(three_done) X(draw_twice) X(worker_pool) X(close_twice)     \
    X(select_on_closed) X(leaky) X(polling)

static const struct {
    const char *name;
    void (*main)(void *);
} programs[] = {
#define X(name) {#name, name},
    PROGRAMS(X)
#undef X
};

enum { PROGRAM_COUNT = sizeof programs / sizeof programs[0] };

#endif
