/* test_dpor_random.c -- optimal reduction on random programs: every outcome all interleavings
 * give, and no other; and one run of each class they have (traces.h), none in vain.
 *
 * An outcome is how the run ended, how many goroutines were left and what each goroutine saw, in
 * its own order.
 */
#include "sync/cell.h"
#include "sync/cond.h"
#include "sync/rwmutex.h"
#include "unit/explore/programs.h"
#include "unit/explore/traces.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { THREADS = 3, OPS = 3, CHANS = 3, SEEN = 32, BUDGET = 3000 };

/* What a program is drawn from. */
enum op {
    OP_SEND, OP_RECV, OP_SELECT, OP_POLL, OP_CLOSE, OP_LOCK, OP_RLOCK, OP_WLOCK, OP_WAIT, OP_WAKE,
    OP_WAITGROUP, OP_ATOMIC, OP_SLEEP, OP_CONTEXT, OP_DONE, OP_YIELD,
    OP_PANIC, OP_COUNT
};

static uint32_t seed, allowed; /* a bit for each op */
static int operations = OPS;   /* of each goroutine */

static struct {
    struct chan *chans[CHANS];
    struct mutex *mutex;
    struct rwmutex *shelf;
    struct cond *cond;
    struct waitgroup *wg;
    struct atomic *atomic;
    struct context *context;
    int under_mutex, under_shelf; /* guarded by these */
} at;

static int seen[THREADS + 1][SEEN], nseen[THREADS + 1];

static uint32_t draw(uint32_t *x, uint32_t n)
{
    *x = *x * 1664525 + 1013904223;
    return (*x >> 16) % n;
}

static void see(int who, int what)
{
    if (nseen[who] < SEEN)
        seen[who][nseen[who]++] = what;
}

static enum op draw_op(uint32_t *x)
{
    for (;;) {
        uint32_t op = draw(x, OP_COUNT);

        if (allowed >> op & 1)
            return op;
    }
}

static void select_two(int who, struct chan *a, struct chan *b, bool polls, uint32_t *x, int value)
{
    struct clause cases[2] = {{.chan = a, .send = draw(x, 2), .element = &value},
                              {.chan = b, .send = draw(x, 2), .element = &value}};
    int32_t chosen;

    see(who, chan_select(run_current, cases, 2, polls, true, &chosen) ? -2 : value);
    see(who, chosen);
}

static void receive_or_done(int who, struct chan *chan)
{
    int value = 0;
    struct clause cases[2] = {{.chan = at.context->done}, {.chan = chan, .element = &value}};
    int32_t chosen;

    chan_select(run_current, cases, 2, false, true, &chosen);
    see(who, chosen);
    see(who, value);
}

static void use_atomic(int who, uint32_t kind, int value)
{
    if (kind == 0)
        atomic_store(run_current, at.atomic, value);
    else if (kind == 1)
        see(who, (int)atomic_load(run_current, at.atomic));
    else
        see(who, (int)atomic_add(run_current, at.atomic, 100));
}

static void use_mutex(int who, enum op op, uint32_t kind)
{
    mutex_lock(run_current, at.mutex);
    see(who, at.under_mutex);
    at.under_mutex = who;
    if (op == OP_WAIT) {
        must(cond_wait(run_current, at.cond));
        see(who, at.under_mutex);
    } else if (op == OP_WAKE && kind == 0) {
        cond_signal(run_current, at.cond);
    } else if (op == OP_WAKE) {
        cond_broadcast(run_current, at.cond);
    }
    must(mutex_unlock(run_current, at.mutex));
}

static void operate(int who, int i, uint32_t *x)
{
    enum op op = draw_op(x);
    struct chan *chan = at.chans[draw(x, CHANS)];
    int value = who * 10 + i;
    bool ok;

    run_current->self->line = (uint32_t)value; /* a place of its own */
    switch (op) {
    case OP_SEND:
        see(who, (int)chan_send(run_current, chan, &value));
        break;
    case OP_RECV:
        chan_recv(run_current, chan, &value, &ok);
        see(who, ok ? value : -1);
        break;
    case OP_SELECT:
    case OP_POLL:
        select_two(who, at.chans[0], at.chans[1 + draw(x, CHANS - 1)], op == OP_POLL, x, value);
        break;
    case OP_CLOSE:
        if (draw(x, 3) == 0)
            see(who, (int)chan_close(run_current, chan));
        break;
    case OP_LOCK:
    case OP_WAIT:
    case OP_WAKE:
        use_mutex(who, op, draw(x, 2));
        break;
    case OP_RLOCK:
        rwmutex_rlock(run_current, at.shelf);
        see(who, at.under_shelf);
        must(rwmutex_runlock(run_current, at.shelf));
        break;
    case OP_WLOCK:
        rwmutex_lock(run_current, at.shelf);
        see(who, at.under_shelf);
        at.under_shelf = who;
        must(rwmutex_unlock(run_current, at.shelf));
        break;
    case OP_WAITGROUP:
        if (draw(x, 2)) {
            waitgroup_wait(run_current, at.wg);
        } else {
            must(waitgroup_add(run_current, at.wg, 1));
            must(waitgroup_add(run_current, at.wg, -1));
        }
        break;
    case OP_ATOMIC:
        use_atomic(who, draw(x, 3), value);
        break;
    case OP_SLEEP:
        clock_sleep(run_current, 1 + draw(x, 3));
        break;
    case OP_CONTEXT:
        if (draw(x, 3) == 0)
            context_cancel(run_current, at.context);
        else
            see(who, context_look(run_current, at.context));
        break;
    case OP_DONE:
        receive_or_done(who, chan);
        break;
    case OP_YIELD:
        basic_yield(run_current);
        break;
    case OP_PANIC:
        run_panic(run_current, "enough", false);
    case OP_COUNT:
        break;
    }
}

static void thread(void *arg)
{
    int who = (int)(intptr_t)arg;
    uint32_t x = seed * 31 + (uint32_t)who * 977;

    for (int i = 0; i < operations; i++)
        operate(who, i, &x);
}

static void program(void *arg)
{
    struct context *root = context_background(run_current);
    uint32_t x = seed * 7 + 3;

    (void)arg;
    memset(nseen, 0, sizeof nseen);
    at.under_mutex = at.under_shelf = 0;
    for (int i = 0; i < CHANS; i++)
        at.chans[i] = ints(draw(&x, 3) % 2);
    at.mutex = mutex_make(run_current, NULL);
    at.shelf = rwmutex_make(run_current, NULL);
    at.cond = cond_make(run_current, at.mutex, NULL);
    at.wg = waitgroup_make(run_current, NULL);
    at.atomic = atomic_make(run_current, 0, NULL);
    at.context = draw(&x, 2) ? context_with_timeout(run_current, root, 2)
                             : context_with_cancel(run_current, root);
    for (intptr_t i = 2; i <= THREADS; i++)
        start(thread, (void *)i);
    thread((void *)(intptr_t)1);
}

/* --- outcomes ---------------------------------------------------------------- */

struct outcomes {
    char **at; /* sorted */
    size_t n;
    uint64_t completed;
    bool all;
};

static void add_outcome(struct outcomes *set, const struct run *run)
{
    char text[1024];
    size_t low = 0, high = set->n;
    int len = snprintf(text, sizeof text, "%d/%u", run->end, run->nlive);

    for (int who = 1; who <= THREADS; who++)
        for (int i = 0; i < nseen[who]; i++)
            len += snprintf(text + len, sizeof text - (size_t)len, " %d:%d", who, seen[who][i]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(set->at[middle], text);

        if (order == 0)
            return;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    set->at = realloc(set->at, (set->n + 1) * sizeof *set->at);
    memmove(set->at + low + 1, set->at + low, (set->n - low) * sizeof *set->at);
    set->at[low] = strdup(text);
    set->n++;
}

static struct outcomes outcomes(struct strategy *strategy, bool (*is_done)(const struct strategy *))
{
    struct run run = {.explored = true, .strategy = strategy, .limits = {.steps = 300}};
    struct outcomes set = {0};
    bool more;

    assert_true(run_init(&run));
    do {
        run_clear(&run);
        if (run_start(&run, program, NULL) != RUN_REDUNDANT) {
            set.completed++;
            add_outcome(&set, &run);
        }
        more = strategy->end(strategy);
    } while (more);
    set.all = is_done(strategy);
    strategy->free(strategy);
    run_release(&run);
    return set;
}

static void release(struct outcomes *set)
{
    while (set->n > 0)
        free(set->at[--set->n]);
    free(set->at);
}

static bool same(const struct outcomes *a, const struct outcomes *b)
{
    for (size_t i = 0; i < a->n && i < b->n; i++)
        if (strcmp(a->at[i], b->at[i]) != 0)
            return false;
    return a->n == b->n;
}

/* How many of the programs were small enough to be compared. */
static unsigned compare(uint32_t ops, uint32_t seeds)
{
    unsigned compared = 0;

    allowed = ops;
    for (seed = 1; seed <= seeds; seed++) {
        struct outcomes all = outcomes(exhaustive_new(BUDGET), exhaustive_done);

        if (all.all) {
            struct outcomes reduced = outcomes(dpor_new(BUDGET), dpor_done);

            if (!reduced.all || !same(&all, &reduced))
                fail_msg("ops %x seed %u: %zu outcomes, %zu reduced", ops, seed, all.n, reduced.n);
            compared++;
            release(&reduced);
        }
        release(&all);
    }
    return compared;
}

#define BIT(op) (1u << OP_##op)

static void test_channels(void **state)
{
    (void)state;
    assert_true(compare(BIT(SEND) | BIT(RECV) | BIT(LOCK), 150) > 100);
    assert_true(compare(BIT(SEND) | BIT(RECV) | BIT(SELECT) | BIT(CLOSE), 150) > 100);
    assert_true(compare(BIT(SEND) | BIT(RECV) | BIT(SELECT) | BIT(POLL) | BIT(CLOSE), 150) > 100);
}

/* What a panic cuts off could have come before it. */
static void test_panics(void **state)
{
    (void)state;
    assert_true(compare(BIT(SEND) | BIT(RECV) | BIT(CLOSE) | BIT(PANIC), 150) > 100);
    assert_true(compare(BIT(SEND) | BIT(RECV) | BIT(SELECT) | BIT(ATOMIC) | BIT(PANIC), 150) > 100);
}

static void test_time(void **state)
{
    (void)state;
    assert_true(compare(BIT(SEND) | BIT(RECV) | BIT(LOCK) | BIT(SLEEP), 150) > 100);
    assert_true(compare(BIT(SEND) | BIT(RECV) | BIT(CONTEXT) | BIT(DONE), 150) > 100);
    assert_true(compare(BIT(RECV) | BIT(SEND) | BIT(YIELD) | BIT(ATOMIC), 150) > 50);
}

static void test_everything(void **state)
{
    (void)state;
    assert_true(compare((1u << OP_COUNT) - 1, 150) > 80);
}

/* --- classes ----------------------------------------------------------------- */

struct classes {
    uint64_t *at; /* sorted, each once */
    size_t n;
    uint64_t completed, blocked;
};

static void add_class(struct classes *set, uint64_t trace)
{
    size_t low = 0, high = set->n;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (set->at[middle] == trace)
            return;
        if (set->at[middle] < trace)
            low = middle + 1;
        else
            high = middle;
    }
    set->at = realloc(set->at, (set->n + 1) * sizeof *set->at);
    memmove(set->at + low + 1, set->at + low, (set->n - low) * sizeof *set->at);
    set->at[low] = trace;
    set->n++;
}

/* Frees the strategy. */
static struct classes classes_of(struct strategy *strategy)
{
    static struct recorder recorder;
    struct run run = {.explored = true, .strategy = &recorder.strategy, .limits = {.steps = 300}};
    struct classes set = {0};

    recorder_init(&recorder, strategy);
    assert_true(run_init(&run));
    do {
        run_clear(&run);
        if (run_start(&run, program, NULL) == RUN_REDUNDANT) {
            set.blocked++;
            continue;
        }
        set.completed++;
        add_class(&set, recorder_trace(&recorder, &run));
    } while (strategy->end(strategy));
    strategy->free(strategy);
    run_release(&run);
    return set;
}

/* One run of each class, and none in vain; how many programs were small enough. */
static unsigned compare_classes(uint32_t ops, uint32_t seeds, uint64_t budget)
{
    unsigned compared = 0;

    allowed = ops;
    for (seed = 1; seed <= seeds; seed++) {
        struct classes all = classes_of(exhaustive_new(budget));

        if (all.completed < budget) {
            struct classes reduced = classes_of(dpor_new(2 * budget));

            if (reduced.blocked > 0 || reduced.completed != all.n || reduced.n != all.n ||
                memcmp(reduced.at, all.at, all.n * sizeof *all.at) != 0)
                fail_msg("ops %x seed %u: %zu classes, %zu in %lu runs, %lu in vain", ops, seed,
                         all.n, reduced.n, (unsigned long)reduced.completed,
                         (unsigned long)reduced.blocked);
            compared++;
            free(reduced.at);
        }
        free(all.at);
    }
    return compared;
}

static void test_classes_of_channels(void **state)
{
    (void)state;
    assert_true(compare_classes(BIT(SEND) | BIT(RECV), 100, 5000) > 90);
    assert_true(compare_classes(BIT(SEND) | BIT(RECV) | BIT(LOCK), 100, 5000) > 90);
    assert_true(compare_classes(BIT(SEND) | BIT(RECV) | BIT(SELECT), 100, 5000) > 90);
    assert_true(compare_classes(BIT(SEND) | BIT(RECV) | BIT(SELECT) | BIT(CLOSE), 300, 5000) > 290);
}

static void test_classes_of_locks(void **state)
{
    (void)state;
    operations = 2;
    assert_true(compare_classes(BIT(LOCK) | BIT(ATOMIC), 40, 20000) > 20);
    assert_true(compare_classes(BIT(LOCK) | BIT(WAIT) | BIT(WAKE), 40, 20000) > 20);
    assert_true(compare_classes(BIT(RLOCK) | BIT(WLOCK), 40, 20000) > 20);
    assert_true(compare_classes(BIT(LOCK) | BIT(WAITGROUP), 40, 20000) > 20);
    operations = OPS;
}

static void test_classes_with_time(void **state)
{
    (void)state;
    assert_true(compare_classes(BIT(SEND) | BIT(RECV) | BIT(LOCK) | BIT(SLEEP), 100, 5000) > 70);
    assert_true(compare_classes(BIT(SEND) | BIT(RECV) | BIT(CONTEXT) | BIT(DONE), 100, 5000) > 80);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_channels),
        cmocka_unit_test(test_panics),
        cmocka_unit_test(test_time),
        cmocka_unit_test(test_everything),
        cmocka_unit_test(test_classes_of_channels),
        cmocka_unit_test(test_classes_of_locks),
        cmocka_unit_test(test_classes_with_time),
    };

    return cmocka_run_group_tests_name("dpor on random programs", tests, NULL, NULL);
}
