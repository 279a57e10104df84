/* test_checkers.c -- the checkers on real runs: every interleaving of small programs,
 * and the free mode. */
#include "check/check.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* A variable of the program that the detector is told of. */
static int shared[8];

static void touch(int i, bool write)
{
    struct access access = {.where = (uintptr_t)&shared[i], .size = sizeof shared[i],
                            .write = write, .g = run_current->self->id,
                            .pc = 1000 + run_current->self->id};

    run_access(run_current, &access);
}

/* --- programs: a plain variable and what orders its accesses --------------- */

struct two {
    struct chan *chan, *back;
    struct mutex *mutex;
    struct waitgroup *wg;
    struct context *ctx;
};

static struct two *make_two(uint32_t cap)
{
    struct two *two = alloc(sizeof *two);

    two->chan = ints(cap);
    two->back = ints(0);
    two->mutex = mutex_make(run_current, NULL);
    two->wg = waitgroup_make(run_current, NULL);
    two->ctx = context_with_cancel(run_current, context_background(run_current));
    return two;
}

static void write_and_send(void *arg)
{
    touch(0, true);
    send(((struct two *)arg)->chan, 1);
}

static void receive_and_read(uint32_t cap)
{
    struct two *two = make_two(cap);

    start(write_and_send, two);
    receive(two->chan, NULL);
    touch(0, false);
}

static void unbuffered(void *arg) { (void)arg; receive_and_read(0); }
static void buffered(void *arg) { (void)arg; receive_and_read(1); }

static void send_and_write(void *arg)
{
    send(((struct two *)arg)->chan, 1);
    touch(0, true);
}

static void too_late(void *arg)
{
    struct two *two = make_two(0);

    (void)arg;
    start(send_and_write, two);
    receive(two->chan, NULL);
    touch(0, false);
    step(); /* let the other come to its write before main is gone */
    receive(two->back, NULL);
}

static void write_and_receive(void *arg)
{
    touch(0, true);
    receive(((struct two *)arg)->chan, NULL);
}

/* A receive from an unbuffered channel comes before its send completes. */
static void receiver_first(void *arg)
{
    struct two *two = make_two(0);

    (void)arg;
    start(write_and_receive, two);
    send(two->chan, 1);
    touch(0, false);
}

static void write_and_close(void *arg)
{
    struct two *two = arg;

    touch(0, true);
    must(chan_close(run_current, two->chan));
}

static void read_when_closed(void *arg)
{
    struct two *two = arg;

    receive(two->chan, NULL);
    touch(0, false);
    must(waitgroup_add(run_current, two->wg, -1));
}

static void broadcast(void *arg)
{
    struct two *two = make_two(0);

    (void)arg;
    must(waitgroup_add(run_current, two->wg, 2));
    start(read_when_closed, two);
    start(read_when_closed, two);
    start(write_and_close, two);
    waitgroup_wait(run_current, two->wg);
    touch(0, true);
}

static void write_and_cancel(void *arg)
{
    struct two *two = arg;

    touch(0, true);
    context_cancel(run_current, two->ctx);
}

static void cancelled(void *arg)
{
    struct two *two = make_two(0);
    struct context *child = context_with_cancel(run_current, two->ctx);

    (void)arg;
    start(write_and_cancel, two);
    receive(child->done, NULL);
    touch(0, false);
}

static void polled_context(void *arg)
{
    struct two *two = make_two(0);

    (void)arg;
    start(write_and_cancel, two);
    if (context_look(run_current, two->ctx) != CONTEXT_LIVE)
        touch(0, false);
}

static void add_locked(void *arg)
{
    struct two *two = arg;

    mutex_lock(run_current, two->mutex);
    touch(0, false);
    touch(0, true);
    must(mutex_unlock(run_current, two->mutex));
    must(waitgroup_add(run_current, two->wg, -1));
}

static void locked_counter(void *arg)
{
    struct two *two = make_two(0);

    (void)arg;
    must(waitgroup_add(run_current, two->wg, 2));
    start(add_locked, two);
    start(add_locked, two);
    waitgroup_wait(run_current, two->wg);
    touch(0, false);
}

static void add_unlocked(void *arg)
{
    struct two *two = arg;

    touch(0, false);
    touch(0, true);
    must(waitgroup_add(run_current, two->wg, -1));
}

static void unlocked_counter(void *arg)
{
    struct two *two = make_two(0);

    (void)arg;
    must(waitgroup_add(run_current, two->wg, 2));
    start(add_unlocked, two);
    start(add_unlocked, two);
    waitgroup_wait(run_current, two->wg);
    touch(0, false);
}

static void fill_own(void *arg)
{
    struct two *two = arg;

    touch((int)run_current->self->id, true);
    must(waitgroup_add(run_current, two->wg, -1));
}

static void results_by_index(void *arg)
{
    struct two *two = make_two(0);

    (void)arg;
    must(waitgroup_add(run_current, two->wg, 3));
    for (int i = 0; i < 3; i++)
        start(fill_own, two);
    waitgroup_wait(run_current, two->wg);
    for (int i = 2; i <= 4; i++)
        touch(i, false);
}

static void guarded_by_buffer(void *arg)
{
    struct two *two = arg;

    send(two->chan, 1);
    touch(0, true);
    receive(two->chan, NULL);
    must(waitgroup_add(run_current, two->wg, -1));
}

static void counter_behind(uint32_t cap)
{
    struct two *two = make_two(cap);

    must(waitgroup_add(run_current, two->wg, 2));
    start(guarded_by_buffer, two);
    start(guarded_by_buffer, two);
    waitgroup_wait(run_current, two->wg);
}

/* A buffer of one lets one in at a time, a buffer of two both. */
static void let_one_in(void *arg) { (void)arg; counter_behind(1); }
static void let_two_in(void *arg) { (void)arg; counter_behind(2); }

/* The second goroutine gets the stack of the first, which has ended. */
static void on_own_stack(void *arg)
{
    int local;
    struct access access = {.where = (uintptr_t)&local, .size = sizeof local, .write = true,
                            .g = run_current->self->id, .pc = 1000 + run_current->self->id};

    (void)arg;
    run_access(run_current, &access);
}

static void stacks_one_by_one(void *arg)
{
    (void)arg;
    for (int i = 0; i < 5; i++) {
        start(on_own_stack, NULL);
        step();
    }
}

/* --- running them ----------------------------------------------------------- */

struct counts {
    int runs;
    int with[FINDING_INTERNAL + 1]; /* runs with at least one finding of the kind */
    struct findings last;
};

/* Every interleaving with both checkers, then the free mode; counts both. */
static struct counts explore(void (*main)(void *))
{
    struct findings findings = {0};
    struct watcher *race = race_new(&findings), *rest = rest_new(&findings);
    struct counts counts = {0};

    for (int explored = 1; explored >= 0; explored--) {
        struct strategy *s = explored ? exhaustive_new(100000) : round_robin_new();
        struct run run;
        bool more;

        assert_true(bench_init(&run, explored));
        run.watchers = race;
        race->next = rest;
        do {
            bool seen[FINDING_INTERNAL + 1] = {false};

            memset(&findings, 0, sizeof findings);
            bench_run(&run, s, main);
            more = s->end(s);
            counts.runs++;
            for (uint32_t i = 0; i < findings.count; i++)
                seen[findings.at[i].kind] = true;
            for (int k = 0; k <= FINDING_INTERNAL; k++)
                counts.with[k] += seen[k];
            if (findings.count)
                counts.last = findings;
        } while (more);
        assert_true(!explored || exhaustive_done(s));
        s->free(s);
        bench_release(&run);
    }
    race_free(race);
    rest_free(rest);
    return counts;
}

static void is_clean(void (*main)(void *))
{
    assert_int_equal(explore(main).last.count, 0);
}

static void ordered_programs_are_clean(void **state)
{
    (void)state;
    is_clean(unbuffered);
    is_clean(buffered);
    is_clean(receiver_first);
    is_clean(broadcast);
    is_clean(cancelled);
    is_clean(polled_context);
    is_clean(locked_counter);
    is_clean(results_by_index);
    is_clean(let_one_in);
    is_clean(stacks_one_by_one);
}

/* A race does not depend on luck: it is there in every interleaving. */
static void races_in_every_run(void (*main)(void *))
{
    struct counts counts = explore(main);

    assert_true(counts.runs > 1);
    assert_int_equal(counts.with[FINDING_RACE], counts.runs);
}

static void unordered_programs_race(void **state)
{
    (void)state;
    races_in_every_run(unlocked_counter);
    races_in_every_run(too_late);
}

/* 2 and 3 are both inside in some runs only; where 2 has left before 3 comes in,
 * nothing orders them either, for the buffer had room. */
static void a_buffer_of_two_does_not_guard(void **state)
{
    (void)state;
    races_in_every_run(let_two_in);
}

static void a_race_names_both_goroutines(void **state)
{
    struct counts counts = explore(unlocked_counter);
    const struct finding *finding = &counts.last.at[0];

    (void)state;
    assert_int_equal(finding->kind, FINDING_RACE);
    assert_int_equal(finding->at.g + finding->other.g, 2 + 3);
    assert_int_equal(finding->at.pc, 1000 + finding->at.g);
    assert_int_equal(finding->other.pc, 1000 + finding->other.g);
}

/* 24 interleavings and the free run, in which nobody is in the other's way. */
static void deadlocks_are_found(void **state)
{
    struct counts counts = explore(philosophers);
    const struct finding *finding = &counts.last.at[0];

    (void)state;
    assert_int_equal(counts.runs, 25);
    assert_int_equal(counts.with[FINDING_DEADLOCK], 2);
    assert_int_equal(counts.last.count, 1);
    assert_int_equal(finding->at.g, 1);
    assert_int_equal(finding->obj, 3); /* the WaitGroup, made third */
    assert_true(finding->event != UINT32_MAX);
}

static void leaks_are_found(void **state)
{
    struct counts counts = explore(leaky);
    const struct finding *finding = &counts.last.at[0];

    (void)state;
    assert_int_equal(counts.with[FINDING_LEAK], counts.runs);
    assert_int_equal(counts.last.count, 1);
    assert_in_range(finding->at.g, 2, 3);
    assert_int_equal(finding->obj, 1);
    assert_int_equal(finding->value, 0);
    assert_true(finding->at.event != UINT32_MAX);
}

static void for_ever(void *arg)
{
    (void)arg;
    for (;;)
        step();
}

static void never_ending(void *arg)
{
    (void)arg;
    start(for_ever, NULL);
    step();
}

static void who_never_ends_is_a_leak(void **state)
{
    struct findings findings = {0};
    struct watcher *rest = rest_new(&findings);
    struct strategy *strategy = round_robin_new();
    struct run run;

    (void)state;
    assert_true(bench_init(&run, true));
    run.watchers = rest;
    bench_run(&run, strategy, never_ending);
    assert_int_equal(run.end, RUN_DONE);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.at[0].kind, FINDING_LEAK);
    assert_int_equal(findings.at[0].at.g, 2);
    assert_int_equal(findings.at[0].value, 1);
    bench_release(&run);
    strategy->free(strategy);
    rest_free(rest);
}

static void panics_are_found(void **state)
{
    struct counts counts = explore(close_twice);

    (void)state;
    assert_int_equal(counts.with[FINDING_PANIC], counts.runs);
    assert_int_equal(counts.last.count, 1);
    assert_in_range(counts.last.at[0].at.g, 2, 3);
    assert_true(counts.last.at[0].text != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordered_programs_are_clean),
        cmocka_unit_test(unordered_programs_race),
        cmocka_unit_test(a_buffer_of_two_does_not_guard),
        cmocka_unit_test(a_race_names_both_goroutines),
        cmocka_unit_test(deadlocks_are_found),
        cmocka_unit_test(leaks_are_found),
        cmocka_unit_test(who_never_ends_is_a_leak),
        cmocka_unit_test(panics_are_found),
    };
    return cmocka_run_group_tests_name("checkers", tests, NULL, NULL);
}
