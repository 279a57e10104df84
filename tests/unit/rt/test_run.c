/* test_run.c -- runs begin, end and can be dropped; both modes; timers; fairness. */
#include "rt/basic.h"
#include "rt/run.h"
#include "sync/chan.h"
#include "sync/clock.h"
#include "sync/mutex.h"
#include "sync/waitgroup.h"

#include <setjmp.h>
#include <stdarg.h>
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

static struct chan *chan;
static struct chan *back;
static struct waitgroup *wg;
static int sum;

/* Each test body runs in both modes, first option always. */
static uint32_t first(struct strategy *self, const struct choice *choice)
{
    (void)self;
    return choice->current < choice->n ? choice->current : 0;
}

static struct strategy first_strategy = {.name = "first", .choose = first};

/* QUIET: free, and nobody looks at the events. */
enum mode { FREE, EXPLORED, QUIET, MODES };

static struct run *run_new(enum mode mode)
{
    struct run *run = calloc(1, sizeof *run);

    run->explored = mode == EXPLORED;
    run->strategy = &first_strategy;
    run->trace = mode == QUIET ? NULL : trace_new(20000, 10000);
    assert_true(run_init(run));
    return run;
}

static void run_free(struct run *run)
{
    free(run->trace);
    run_release(run);
    free(run);
}

static enum run_end execute(struct run *run, void (*body)(void *))
{
    run_clear(run);
    sum = 0;
    return run_start(run, body, NULL);
}

static unsigned count(const struct run *run, enum event_kind kind)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < run->trace->count; i++)
        n += run->trace->events[i].kind == kind;
    return n;
}

static void echo(void *arg)
{
    int v;
    bool ok;

    (void)arg;
    for (;;) {
        chan_recv(run_current, chan, &v, &ok);
        if (!ok)
            return;
        v *= 2;
        chan_send(run_current, back, &v);
    }
}

static void ping_pong(void *arg)
{
    (void)arg;
    chan = chan_make(run_current, &int_type, 0, 0, "there");
    back = chan_make(run_current, &int_type, 0, 0, "back");
    run_go(run_current, echo, NULL, "echo");
    for (int i = 1; i <= 100; i++) {
        bool ok;
        int v = i;

        chan_send(run_current, chan, &v);
        chan_recv(run_current, back, &v, &ok);
        sum += v;
    }
    assert_int_equal(chan_close(run_current, chan), FAULT_NONE);
}

static void test_ping_pong(void **state)
{
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        (void)state;
        for (int again = 0; again < 3; again++) {
            assert_int_equal(execute(run, ping_pong), RUN_DONE);
            assert_int_equal(sum, 2 * 5050);
            /* 200 hand-offs, the close, and the receive that sees it */
            assert_int_equal(run->steps, 203); /* with the return of main */
            if (run->trace)
                assert_int_equal(count(run, EVENT_SEND) + count(run, EVENT_RECV), 201);
            assert_int_equal(run->nlive, 0);
        }
        run_free(run);
    }
}

static void producer(void *arg)
{
    (void)arg;
    for (int i = 0; i < 10; i++)
        chan_send(run_current, chan, &i);
    chan_close(run_current, chan);
}

static void consume(void *arg)
{
    bool ok = true;

    (void)arg;
    chan = chan_make(run_current, &int_type, 3, 0, NULL);
    run_go(run_current, producer, NULL, NULL);
    while (ok) {
        int v = -1;

        chan_recv(run_current, chan, &v, &ok);
        assert_true(ok || v == 0);
        if (ok)
            sum = sum * 2 + v; /* order matters */
    }
}

static void test_buffered_keeps_order(void **state)
{
    int want = 0;

    (void)state;
    for (int i = 0; i < 10; i++)
        want = want * 2 + i;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, consume), RUN_DONE);
        assert_int_equal(sum, want);
        run_free(run);
    }
}

static void receive_for_ever(void *arg)
{
    bool ok;

    (void)arg;
    chan_recv(run_current, NULL, NULL, &ok);
}

static void test_deadlock(void **state)
{
    (void)state;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, receive_for_ever), RUN_DEADLOCK);
        assert_int_equal(run->nlive, 1);
        assert_int_equal(run->live->wait, WAIT_NIL_RECV);
        if (run->trace)
            assert_int_equal(count(run, EVENT_BLOCK), 1);
        /* a run left half-way is dropped, the next is clean */
        assert_int_equal(execute(run, ping_pong), RUN_DONE);
        run_free(run);
    }
}

static void leaves_one_behind(void *arg)
{
    (void)arg;
    run_go(run_current, receive_for_ever, NULL, NULL);
}

static void test_leak_is_left(void **state)
{
    (void)state;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, leaves_one_behind), RUN_DONE);
        assert_int_equal(run->nlive, 1);
        assert_int_equal(run->live->id, 2);
        run_free(run);
    }
}

static void sleeper(void *arg)
{
    int n = (int)(intptr_t)arg;

    clock_sleep(run_current, n * 10);
    sum = sum * 10 + n;
}

static void sleep_sort(void *arg)
{
    (void)arg;
    for (intptr_t i = 3; i >= 1; i--)
        run_go(run_current, sleeper, (void *)i, NULL);
    clock_sleep(run_current, 1000);
    assert_int_equal(run_current->now, 1000);
}

static void test_virtual_time(void **state)
{
    (void)state;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, sleep_sort), RUN_DONE);
        assert_int_equal(sum, 123);
        run_free(run);
    }
}

/* A loop that only polls must let time and the others go on. */
static void poll_until_timer(void *arg)
{
    struct clock_timer *timer = clock_after(run_current, 50);
    int32_t chosen = CHAN_DEFAULT;

    (void)arg;
    while (chosen == CHAN_DEFAULT) {
        struct clause cases[1] = {{.chan = timer->chan}};

        chan_select(run_current, cases, 1, true, true, &chosen);
    }
    sum = (int)run_current->now;
}

static void poll_for_ever(void *arg)
{
    (void)arg;
    chan = chan_make(run_current, &int_type, 0, 0, NULL);
    for (;;) {
        struct clause cases[1] = {{.chan = chan}};
        int32_t chosen;

        chan_select(run_current, cases, 1, true, true, &chosen);
    }
}

static void test_polling(void **state)
{
    (void)state;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, poll_until_timer), RUN_DONE);
        assert_int_equal(sum, 50);
        assert_int_equal(execute(run, poll_for_ever), RUN_LIVELOCK);
        run_free(run);
    }
}

static void ticks(void *arg)
{
    enum fault fault;
    struct clock_timer *ticker = clock_ticker(run_current, 10, &fault);
    bool ok;
    int64_t at;

    (void)arg;
    for (int i = 0; i < 3; i++)
        chan_recv(run_current, ticker->chan, &at, &ok);
    sum = (int)at;
    clock_stop(run_current, ticker);
    /* never stopped, nobody listens: must not keep the run alive */
    clock_ticker(run_current, 10, &fault);
}

static void test_ticker(void **state)
{
    (void)state;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, ticks), RUN_DONE);
        assert_int_equal(sum, 30);
        run_free(run);
    }
}

static void adder(void *arg)
{
    struct mutex *mutex = arg;

    mutex_lock(run_current, mutex);
    sum++;
    mutex_unlock(run_current, mutex);
    waitgroup_add(run_current, wg, -1);
}

static void count_under_lock(void *arg)
{
    struct mutex *mutex = mutex_make(run_current, "mu");

    (void)arg;
    wg = waitgroup_make(run_current, "wg");
    waitgroup_add(run_current, wg, 5);
    for (int i = 0; i < 5; i++)
        run_go(run_current, adder, mutex, NULL);
    waitgroup_wait(run_current, wg);
    assert_int_equal(sum, 5);
    assert_int_equal(waitgroup_add(run_current, wg, -1), FAULT_WG_NEGATIVE);
    assert_int_equal(mutex_unlock(run_current, mutex), FAULT_UNLOCK_UNLOCKED);
}

static void test_locks(void **state)
{
    (void)state;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, count_under_lock), RUN_DONE);
        assert_int_equal(sum, 5);
        run_free(run);
    }
}

static void late_sender(void *arg)
{
    int v = 1;

    (void)arg;
    sum = chan_send(run_current, chan, &v);
}

static void close_under_sender(void *arg)
{
    (void)arg;
    chan = chan_make(run_current, &int_type, 0, 0, NULL);
    run_go(run_current, late_sender, NULL, NULL);
    clock_sleep(run_current, 1);
    assert_int_equal(chan_close(run_current, chan), FAULT_NONE);
    assert_int_equal(chan_close(run_current, chan), FAULT_CLOSE_CLOSED);
    clock_sleep(run_current, 1);
    assert_int_equal(chan_close(run_current, NULL), FAULT_CLOSE_NIL);
}

static void test_close_wakes_sender(void **state)
{
    (void)state;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, close_under_sender), RUN_DONE);
        assert_int_equal(sum, FAULT_SEND_CLOSED);
        run_free(run);
    }
}

static void endless_print(void *arg)
{
    (void)arg;
    for (;;)
        basic_print(run_current, "0123456789", 10);
}

static void test_budgets(void **state)
{
    (void)state;
    for (enum mode mode = 0; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        run->limits.output = 1000;
        assert_int_equal(execute(run, endless_print), RUN_OUTPUT);
        assert_int_equal(run->steps, 101);
        run->limits.output = 1000000;
        run->limits.steps = 50;
        assert_int_equal(execute(run, endless_print), RUN_STEPS);
        assert_int_equal(run->steps, 50);
        run_free(run);
    }
}

static void nothing(void *arg)
{
    (void)arg;
}

static void many(void *arg)
{
    (void)arg;
    for (int i = 0; i < 20000; i++)
        assert_non_null(run_go(run_current, nothing, NULL, NULL));
}

static void test_many_goroutines(void **state)
{
    struct run *run = run_new(FREE);

    (void)state;
    assert_int_equal(execute(run, many), RUN_DONE);
    assert_int_equal(run->last_id, 20001);
    assert_int_equal(run->nlive, 0);
    run_free(run);
}

static void says_hello(void *arg)
{
    (void)arg;
    basic_print(run_current, "hello\n", 6);
}

static void main_leaves(void *arg)
{
    run_go(run_current, says_hello, arg, NULL);
    run_goexit(run_current);
}

static void test_goexit_of_main(void **state)
{
    (void)state;
    for (enum mode mode = FREE; mode < MODES; mode++) {
        struct run *run = run_new(mode);

        assert_int_equal(execute(run, main_leaves), RUN_DEADLOCK);
        assert_false(run->main_done);
        assert_int_equal(run->nlive, 0);
        assert_int_equal(run->output, 6);
        run_free(run);
    }
}

static void counts(void *arg)
{
    (void)arg;
    run_go(run_current, says_hello, NULL, NULL);
    sum = (int)basic_count(run_current);
}

static uint32_t last(struct strategy *self, const struct choice *choice)
{
    (void)self;
    return choice->n - 1;
}

/* Main is the first option: the other starts and ends before or after main counts. */
static void test_count_sees_both_orders(void **state)
{
    struct strategy others = {.name = "last", .choose = last};
    struct run *run = run_new(EXPLORED);

    (void)state;
    run->counted = true;
    assert_int_equal(execute(run, counts), RUN_DONE);
    assert_int_equal(sum, 2);
    run->strategy = &others;
    run_clear(run);
    assert_int_equal(execute(run, counts), RUN_DONE);
    assert_int_equal(sum, 1);
    run_free(run);
}

static void fails_twice(void *arg)
{
    (void)arg;
    chan = chan_make(run_current, &int_type, 0, 0, NULL);
    assert_int_equal(chan_close(run_current, chan), FAULT_NONE);
    assert_int_equal(chan_close(run_current, chan), FAULT_CLOSE_CLOSED);
    assert_int_equal(chan_send(run_current, chan, &sum), FAULT_SEND_CLOSED);
}

/* Who recovers goes on: what failed was a step, like any other. */
static void test_what_fails_is_a_step(void **state)
{
    struct run *run = run_new(EXPLORED);
    uint32_t failed = 0;

    (void)state;
    assert_int_equal(execute(run, fails_twice), RUN_DONE);
    for (uint32_t i = 0; i < run->trace->count; i++)
        failed += run->trace->events[i].kind == EVENT_FAIL;
    assert_int_equal(failed, 2);
    assert_int_equal(run->steps, 4); /* close, the two, main's end */
    run_free(run);
}

/* --- who is told of what ------------------------------------------------------- */

/* What a watcher was told: events of a kind; and all. */
struct heard {
    struct watcher watcher; /* first: a watcher's address is its own */
    uint32_t of[EVENT_KIND_COUNT], all, accesses, rests;
};

static void hear_event(struct watcher *watcher, struct run *run, const struct event *event)
{
    struct heard *heard = (struct heard *)watcher;

    (void)run;
    heard->of[event->kind]++;
    heard->all++;
}

static void hear_access(struct watcher *watcher, struct run *run, const struct access *access)
{
    (void)run;
    (void)access;
    ((struct heard *)watcher)->accesses++;
}

static bool hear_rest(struct watcher *watcher, struct run *run)
{
    (void)run;
    ((struct heard *)watcher)->rests++;
    return true;
}

static void print_and_access(void *arg)
{
    struct run *run = run_current;

    (void)arg;
    basic_print(run, "a", 1);
    run_access(run, &(struct access){.where = 8, .size = 1, .g = 1});
    basic_yield(run);
    basic_print(run, "b", 1);
}

static void test_watchers(void **state)
{
    static const uint8_t wants[] = {EVENT_PRINT, EVENT_END, EVENT_NONE};
    struct heard some = {.watcher = {.event = hear_event, .wants = wants}};
    struct heard none = {.watcher = {.access = hear_access, .rest = hear_rest}};
    struct heard all = {.watcher = {.event = hear_event, .access = hear_access}};
    struct run *run = run_new(EXPLORED);

    (void)state;
    run->watchers = &some.watcher;
    some.watcher.next = &none.watcher;
    none.watcher.next = &all.watcher;
    assert_int_equal(execute(run, print_and_access), RUN_DONE);
    assert_int_equal(some.of[EVENT_PRINT], 2);
    assert_int_equal(some.of[EVENT_END], 1);
    assert_int_equal(some.all, 3);
    assert_int_equal(all.all, run->trace->count);
    assert_int_equal(some.accesses + none.all, 0);
    assert_int_equal(none.accesses, 1);
    assert_int_equal(all.accesses, 1);
    assert_true(none.rests >= 4); /* before each of the steps */
    run->watchers = &all.watcher; /* the next run has others */
    assert_int_equal(execute(run, print_and_access), RUN_DONE);
    assert_int_equal(some.all, 3);
    assert_int_equal(none.accesses, 1);
    assert_int_equal(all.accesses, 2);
    run_free(run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goexit_of_main),
        cmocka_unit_test(test_count_sees_both_orders),
        cmocka_unit_test(test_what_fails_is_a_step),
        cmocka_unit_test(test_ping_pong),
        cmocka_unit_test(test_buffered_keeps_order),
        cmocka_unit_test(test_deadlock),
        cmocka_unit_test(test_leak_is_left),
        cmocka_unit_test(test_virtual_time),
        cmocka_unit_test(test_polling),
        cmocka_unit_test(test_ticker),
        cmocka_unit_test(test_locks),
        cmocka_unit_test(test_close_wakes_sender),
        cmocka_unit_test(test_budgets),
        cmocka_unit_test(test_many_goroutines),
        cmocka_unit_test(test_watchers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
