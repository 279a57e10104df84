/* test_dpor.c -- optimal reduction: exactly the known number of runs for programs whose number
 * of classes is known, none begun in vain, in every order in which goroutines are started.
 *
 * Main starts the others and waits for ever on a nil channel, so that it has no part in what
 * they do: a run has come to a good end when only main is left.
 */
#include "sync/cell.h"
#include "sync/cond.h"
#include "sync/rwmutex.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { MOST = 16 };

static int size;             /* N */
static uint32_t order;       /* in which they are started: number of a permutation */
static struct mutex *locks[MOST];
static struct atomic *cells[MOST];

/* The k-th of n to be started, in the order's permutation (its digits in the factorial base). */
static int shuffled(int k, int n)
{
    int left[MOST];
    uint32_t digits = order;

    for (int i = 0; i < n; i++)
        left[i] = i;
    for (int i = 0;; i++) {
        int pick = (int)(digits % (uint32_t)(n - i));

        digits /= (uint32_t)(n - i);
        if (i == k)
            return left[pick];
        memmove(&left[pick], &left[pick + 1], (size_t)(n - i - pick - 1) * sizeof *left);
    }
}

/* Starts entry(0) ... entry(n - 1) and waits for ever. */
static void all_of(void (*entry)(void *), int n)
{
    for (int k = 0; k < n; k++)
        start(entry, (void *)(intptr_t)shuffled(k, n));
    chan_recv(run_current, NULL, NULL, &(bool){false});
}

struct counts {
    uint64_t runs, blocked, deadlocked, failed;
};

static struct counts explore(void (*body)(void *), int n)
{
    struct strategy *strategy = dpor_new(0);
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
        counts.deadlocked += run.end == RUN_DEADLOCK && run.nlive > 1;
        counts.failed += run.end == RUN_CHECK;
    } while (more);
    assert_true(dpor_done(strategy));
    assert_int_equal(dpor_blocked(strategy), counts.blocked);
    strategy->free(strategy);
    run_release(&run);
    return counts;
}

/* In all orders of starting up to five goroutines, in some of starting more. */
static void expect(void (*body)(void *), int n, uint64_t runs, uint64_t deadlocked, uint64_t failed)
{
    static const uint32_t orders[] = {0, 1, 5, 22, 119, 5039, 31337};

    bool small = n <= 4 && runs <= 600;

    for (uint32_t i = 0; i < (small ? 120 : sizeof orders / sizeof *orders); i++) {
        struct counts counts;

        order = small ? i : orders[i];
        counts = explore(body, n);
        assert_int_equal(counts.runs, runs);
        assert_int_equal(counts.blocked, 0);
        assert_int_equal(counts.deadlocked, deadlocked);
        assert_int_equal(counts.failed, failed);
    }
}

/* --- N times lock, unlock: N! ---------------------------------------------- */

static void lock_once(void *arg)
{
    (void)arg;
    lock_unlock(locks[0]);
}

static void counter(void *arg)
{
    (void)arg;
    locks[0] = mutex_make(run_current, NULL);
    all_of(lock_once, size);
}

static void test_counter(void **state)
{
    (void)state;
    expect(counter, 2, 2, 0, 0);
    expect(counter, 4, 24, 0, 0);
    expect(counter, 5, 120, 0, 0);
    expect(counter, 7, 5040, 0, 0);
}

/* --- philosophers: each fork goes to one of two first, but for the one round that cannot be:
 * 2^N - 1, one of them the deadlock; with one who takes the other fork first, another cannot be:
 * 2^N - 2 ----------------------------------------------------------------- */

static bool ordered;

static void philosopher(void *arg)
{
    int i = (int)(intptr_t)arg, first = i, second = (i + 1) % size;

    if (ordered && i == size - 1) {
        first = second;
        second = i;
    }
    mutex_lock(run_current, locks[first]);
    mutex_lock(run_current, locks[second]);
    must(mutex_unlock(run_current, locks[second]));
    must(mutex_unlock(run_current, locks[first]));
}

static void dinner(void *arg)
{
    (void)arg;
    for (int i = 0; i < size; i++)
        locks[i] = mutex_make(run_current, NULL);
    all_of(philosopher, size);
}

static void test_philosophers(void **state)
{
    (void)state;
    ordered = false;
    expect(dinner, 3, 7, 1, 0);
    expect(dinner, 5, 31, 1, 0);
    expect(dinner, 10, 1023, 1, 0);
    ordered = true;
    expect(dinner, 3, 6, 0, 0);
    expect(dinner, 5, 30, 0, 0);
}

/* --- one writes, N read: each before or after: 2^N -------------------------- */

static void reader_or_writer(void *arg)
{
    if (arg)
        atomic_load(run_current, cells[0]);
    else
        atomic_store(run_current, cells[0], 1);
}

static void readers(void *arg)
{
    (void)arg;
    cells[0] = atomic_make(run_current, 0, NULL);
    all_of(reader_or_writer, size + 1);
}

/* --- one looks for the last zero, N make theirs of the one before: (N + 3) 2^(N - 2) -------- */

static void zero_or_next(void *arg)
{
    int i = (int)(intptr_t)arg;

    if (i > 0) {
        atomic_store(run_current, cells[i], atomic_load(run_current, cells[i - 1]) + 1);
        return;
    }
    for (i = size; i > 0 && atomic_load(run_current, cells[i]) != 0; i--)
        ;
}

static void last_zero(void *arg)
{
    (void)arg;
    for (int i = 0; i <= size; i++)
        cells[i] = atomic_make(run_current, 0, NULL);
    all_of(zero_or_next, size + 1);
}

/* --- N times load, then add: N = 2: in the order of the adds the first one's load is before
 * both, the second's is before or after the first add: 2 * 2; in general the k-th to add may
 * have loaded before or after each of the k - 1 adds before it, k ways: N! * N! -------------- */

static void load_and_add(void *arg)
{
    (void)arg;
    atomic_load(run_current, cells[0]);
    atomic_add(run_current, cells[0], 1);
}

static void increments(void *arg)
{
    (void)arg;
    cells[0] = atomic_make(run_current, 0, NULL);
    all_of(load_and_add, size);
}

static void test_atomics(void **state)
{
    (void)state;
    expect(readers, 2, 4, 0, 0);
    expect(readers, 6, 64, 0, 0);
    expect(readers, 8, 256, 0, 0);
    expect(last_zero, 2, 5, 0, 0);
    expect(last_zero, 3, 12, 0, 0);
    expect(last_zero, 10, 3328, 0, 0);
    expect(increments, 2, 4, 0, 0);
    expect(increments, 3, 36, 0, 0);
    expect(increments, 4, 576, 0, 0);
}

/* --- the bounded buffer: litmus/counts.tsv ---------------------------------- */

static struct {
    int producers, items, bug; /* of as many consumers; of each producer */
    int used;
    struct cond *not_full, *not_empty;
} buffer;

/* BUG=2: `if` where `while` belongs. */
static void wait_while(int full, struct cond *cond)
{
    while (buffer.used == full) {
        must(cond_wait(run_current, cond));
        if (buffer.bug == 2)
            break;
    }
    if (buffer.used == full)
        basic_check_failed(run_current, "there is something to be done");
}

static void producer_or_consumer(void *arg)
{
    bool produces = (int)(intptr_t)arg < buffer.producers;

    for (int k = 0; k < buffer.items; k++) {
        mutex_lock(run_current, locks[0]);
        wait_while(produces, produces ? buffer.not_full : buffer.not_empty);
        buffer.used = produces;
        cond_signal(run_current, produces ? buffer.not_empty : buffer.not_full);
        must(mutex_unlock(run_current, locks[0]));
    }
}

static void bounded_buffer(void *arg)
{
    (void)arg;
    locks[0] = mutex_make(run_current, NULL);
    buffer.used = 0;
    buffer.not_full = cond_make(run_current, locks[0], NULL);
    /* BUG=1: one condition for both sides */
    buffer.not_empty = buffer.bug == 1 ? buffer.not_full : cond_make(run_current, locks[0], NULL);
    all_of(producer_or_consumer, 2 * buffer.producers);
}

static void expect_buffer(int producers, int items, int bug, uint64_t runs, uint64_t deadlocked,
                          uint64_t failed)
{
    buffer.producers = producers;
    buffer.items = items;
    buffer.bug = bug;
    expect(bounded_buffer, 0, runs, deadlocked, failed);
}

static void test_buffer(void **state)
{
    (void)state;
    expect_buffer(1, 2, 0, 8, 0, 0);
    expect_buffer(2, 1, 0, 64, 0, 0);
    expect_buffer(2, 1, 1, 80, 8, 0);
    expect_buffer(2, 1, 2, 64, 0, 8);
}

/* --- channels ---------------------------------------------------------------- */

static struct chan *chan;

/* N send, the first receives from all: N! orders. */
static void send_or_collect(void *arg)
{
    for (int i = 0; !arg && i < size; i++)
        receive(chan, NULL);
    if (arg)
        send_one(chan);
}

static void collect(void *arg)
{
    (void)arg;
    chan = ints(0);
    all_of(send_or_collect, size + 1);
}

static void test_channels(void **state)
{
    (void)state;
    expect(collect, 2, 2, 0, 0);
    expect(collect, 3, 6, 0, 0);
    expect(collect, 4, 24, 0, 0);
}

/* --- readers that share a lock, and a writer ---------------------------------- */

static struct rwmutex *shelf;

static void read_or_write(void *arg)
{
    if (arg) {
        rwmutex_rlock(run_current, shelf);
        must(rwmutex_runlock(run_current, shelf));
    } else {
        rwmutex_lock(run_current, shelf);
        must(rwmutex_unlock(run_current, shelf));
    }
}

static void library(void *arg)
{
    (void)arg;
    shelf = rwmutex_make(run_current, NULL);
    all_of(read_or_write, size + 1);
}

/* One reader: it is out before the writer comes, or comes after it left, or is inside when the
 * writer claims: 3. */
static void test_rwmutex(void **state)
{
    (void)state;
    expect(library, 1, 3, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counter),  cmocka_unit_test(test_philosophers),
        cmocka_unit_test(test_atomics),  cmocka_unit_test(test_buffer),
        cmocka_unit_test(test_channels), cmocka_unit_test(test_rwmutex),
    };

    return cmocka_run_group_tests_name("dpor", tests, NULL, NULL);
}
