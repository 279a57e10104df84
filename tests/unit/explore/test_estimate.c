/* test_estimate.c -- estimates by hand, and of a tree whose size is known. */
#include "explore/estimate.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

/* Three branches at the root: four runs lay behind the first.  In the second, two branches: one run
 * lay behind the first, the other is taken to be like it: 2.  The root's third is taken to be like
 * the two before: 4 + 2 runs in two branches, so 9 in three. */
static void test_by_hand(void **state)
{
    struct estimate_node root = {.before = 0, .tried = 1, .left = 2};
    struct estimate_node below = {.before = 4, .tried = 1, .left = 1};

    (void)state;
    assert_true(estimate_up(&below, 0, 5) == 2);
    assert_true(estimate_up(&root, 2, 4) == 9);
}

/* At the first run the estimate is the product of the branches (Knuth). */
static void test_first_run(void **state)
{
    struct estimate_node two = {.left = 2}, three = {.left = 3};

    (void)state;
    assert_true(estimate_up(&three, estimate_up(&two, 0, 0), 0) == 3 * 2);
}

/* Three goroutines draw one of three numbers each, in any order: 3! * 3^3 = 162 if the order
 * mattered, but it does not: 27, known from the first run on as answers are all tried. */
static void draw(void *arg)
{
    (void)arg;
    basic_rand(run_current, 3);
}

static void three_draw(void *arg)
{
    for (int i = 0; i < 3; i++)
        start(draw, arg);
    chan_recv(run_current, NULL, NULL, &(bool){false});
}

/* Five Lock and Unlock once each: 5! = 120 runs; branches are found as it goes on. */
static void five_lock(void *arg)
{
    struct mutex *mutex = mutex_make(run_current, NULL);

    (void)arg;
    for (int i = 0; i < 5; i++)
        start(lock_unlock, mutex);
    chan_recv(run_current, NULL, NULL, &(bool){false});
}

static void check(void (*body)(void *), uint64_t runs, double low, double high)
{
    struct strategy *strategy = dpor_new(0);
    struct run run;
    uint64_t made = 0;
    bool more;

    assert_true(bench_init(&run, true));
    do {
        bench_run(&run, strategy, body);
        more = strategy->end(strategy);
        made++;
        assert_true(dpor_estimate(strategy) >= (double)made - 0.001);
        if (made == runs / 3)
            assert_in_range((uintmax_t)dpor_estimate(strategy), (uintmax_t)low, (uintmax_t)high);
    } while (more);
    assert_int_equal(made, runs);
    assert_true(dpor_estimate(strategy) == (double)runs);
    strategy->free(strategy);
    bench_release(&run);
}

static void test_search(void **state)
{
    (void)state;
    check(three_draw, 27, 26, 28);
    check(five_lock, 120, 60, 240);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_first_run),
        cmocka_unit_test(test_search),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
