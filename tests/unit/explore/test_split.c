/* test_split.c -- all that lies below the beginnings is all there is, each class once; at channels
 * at least once. */
#include "explore/split.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

struct counts {
    uint64_t runs, steps, deadlocked, blocked;
};

static void explore(struct run *run, struct strategy *strategy, void (*body)(void *),
                    struct counts *counts)
{
    bool more;

    do {
        enum run_end end = bench_run(run, strategy, body);

        more = strategy->end(strategy);
        if (end == RUN_REDUNDANT) {
            counts->blocked++;
            continue;
        }
        counts->runs++;
        counts->steps += run->steps;
        counts->deadlocked += end == RUN_DEADLOCK;
    } while (more);
    strategy->free(strategy);
}

static uint32_t explore_split(struct run *run, void (*body)(void *), uint32_t steps,
                              struct counts *counts)
{
    struct strategy *split = split_new(steps);
    uint32_t beginnings = 0;
    bool more;

    do {
        const struct beginning *made;

        bench_run(run, split, body);
        made = split_made(split);
        if (made) {
            struct beginning beginning;

            assert_true(beginning_dup(&beginning, made));
            explore(run, below_new(dpor_new(0), &beginning), body, counts);
            beginning_release(&beginning);
            beginnings++;
        }
        more = split->end(split);
    } while (more);
    assert_false(split_failed(split));
    split->free(split);
    return beginnings;
}

static void check(const char *name, void (*body)(void *), bool once)
{
    struct counts whole = {0};
    struct run run;

    assert_true(bench_init(&run, true));
    explore(&run, dpor_new(0), body, &whole);
    for (uint32_t steps = 0; steps < 12; steps++) {
        struct counts parts = {0};
        uint32_t n = explore_split(&run, body, steps, &parts);

        if (!once) {
            assert_true(parts.runs >= whole.runs && parts.deadlocked >= whole.deadlocked);
            continue;
        }
        if (parts.runs != whole.runs || parts.deadlocked != whole.deadlocked)
            print_error("%s split at %u into %u: %lu runs, %lu blocked; %lu whole\n", name, steps,
                        n, parts.runs, parts.blocked, whole.runs);
        assert_int_equal(parts.runs, whole.runs);
        assert_int_equal(parts.steps, whole.steps);
        assert_int_equal(parts.deadlocked, whole.deadlocked);
    }
    bench_release(&run);
}

/* Five Lock and Unlock: 5! classes. */
static void five_lock(void *arg)
{
    struct mutex *mutex = mutex_make(run_current, NULL);

    (void)arg;
    for (int i = 0; i < 5; i++)
        start(lock_unlock, mutex);
    chan_recv(run_current, NULL, NULL, &(bool){false});
}

#define CHECK(body, once) check(#body, body, once)

static void test_parts_are_the_whole(void **state)
{
    (void)state;
    CHECK(three_and_three, true);
    CHECK(two_and_two_and_two, true);
    CHECK(three_hand_offs, false);
    CHECK(two_senders, false);
    CHECK(buffer_of_two, false);
    CHECK(two_ready_cases, false);
    CHECK(three_lock, true);
    CHECK(philosophers, true);
    CHECK(three_done, true);
    CHECK(draw_twice, true);
    CHECK(close_twice, false);
    CHECK(select_on_closed, false);
    CHECK(five_lock, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_are_the_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
