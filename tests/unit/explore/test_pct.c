/* test_pct.c -- random priorities: order, changes, and what they are for. */
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static uint32_t ask(struct strategy *strategy, uint32_t n, const uint32_t *ids)
{
    struct choice choice = {.kind = CHOICE_GOROUTINE, .n = n, .options = ids, .current = n};

    return ids[strategy->choose(strategy, &choice)];
}

/* Depth 1: no change, so the answers of a run are one order of the goroutines. */
static void depth_one_is_an_order(void **state)
{
    static const uint32_t all[] = {1, 2, 3, 4}, some[] = {1, 3, 4};
    struct strategy *s = pct_new(5, 100, 1);
    int firsts[5] = {0};

    (void)state;
    for (int run = 0; run < 100; run++) {
        uint32_t best;

        s->begin(s);
        best = ask(s, 4, all);
        for (int i = 0; i < 20; i++) {
            assert_int_equal(ask(s, 4, all), best);
            assert_int_equal(ask(s, 3, some), best == 2 ? ask(s, 3, some) : best);
        }
        firsts[best]++;
        s->end(s);
    }
    for (int g = 1; g <= 4; g++)
        assert_in_range(firsts[g], 5, 60); /* each is on top in some runs: 25 each, sigma 4.3 */
    s->free(s);
}

/* Depth 2: in each run but the first, of which the length was unknown, exactly one
 * change; here it always shows, for the one who falls stays below. */
static void depth_two_changes_once(void **state)
{
    enum { LENGTH = 30 };
    static const uint32_t ids[] = {1, 2};
    struct strategy *s = pct_new(5, 100, 2);
    int places = 0;

    (void)state;
    for (int run = 0; run < 100; run++) {
        uint32_t before = 0;
        int changes = 0;

        s->begin(s);
        for (int i = 0; i < LENGTH; i++) {
            uint32_t g = ask(s, 2, ids);
            if (i > 0 && g != before)
                changes++;
            before = g;
            places |= (changes == 1) << (i % 30);
        }
        assert_true(changes <= (run > 0));
        s->end(s);
    }
    assert_true((places & 2) && (places & (1 << 29))); /* at the beginning and at the end */
    s->free(s);
}

static struct chan *flag;

static void raise_flag(void *arg)
{
    (void)arg;
    for (int i = 0; i < 30; i++)
        step();
    send(flag, 1);
}

/* Main looks into the channel after one step; that the other has come through its
 * thirty by then takes one goroutine before the other: depth 1. */
static void look_at_flag(void *arg)
{
    (void)arg;
    flag = ints(1);
    start(raise_flag, NULL);
    step();
    if (chan_look(run_current, flag) > 0)
        run_panic(run_current, "seen", false);
}

static int seen(struct strategy *strategy)
{
    struct run run;
    int n = 0;

    assert_true(bench_init(&run, true));
    do {
        n += bench_run(&run, strategy, look_at_flag) == RUN_PANIC;
    } while (strategy->end(strategy));
    bench_release(&run);
    strategy->free(strategy);
    return n;
}

/* PCT shows it in half of its runs; uniform choices need 31 of them to go one way. */
static void finds_what_random_does_not(void **state)
{
    (void)state;
    assert_in_range(seen(pct_new(1, 100, 1)), 25, 75);
    assert_int_equal(seen(random_new(1, 100)), 0);
}

static void depth_is_bounded(void **state)
{
    struct strategy *low = pct_new(1, 2, 0), *high = pct_new(1, 2, UINT32_MAX);
    static const uint32_t ids[] = {1, 2};

    (void)state;
    for (int run = 0; run < 2; run++) {
        low->begin(low);
        high->begin(high);
        for (int i = 0; i < 100; i++) {
            assert_in_range(ask(low, 2, ids), 1, 2);
            assert_in_range(ask(high, 2, ids), 1, 2);
        }
        assert_int_equal(low->end(low), run == 0);
        assert_int_equal(high->end(high), run == 0);
    }
    low->free(low);
    high->free(high);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(depth_one_is_an_order),
        cmocka_unit_test(depth_two_changes_once),
        cmocka_unit_test(finds_what_random_does_not),
        cmocka_unit_test(depth_is_bounded),
    };
    return cmocka_run_group_tests_name("pct", tests, NULL, NULL);
}
