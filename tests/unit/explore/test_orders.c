/* test_orders.c -- the parts that orders cut a tree into come to what the whole is: each class of
 * runs is in one of them, once, and none is begun in vain; or it is said that they do not. */
#include "explore/orders.h"
#include "explore/strategy.h"
#include "unit/explore/programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

struct counts {
    uint64_t runs, steps, deadlocked, blocked, most;
};

/* Whether they were all made. */
static bool explore(struct run *run, struct strategy *strategy, void (*body)(void *),
                    struct counts *counts)
{
    uint64_t before = counts->runs;
    bool more, done;

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
    done = dpor_done(strategy);
    strategy->free(strategy);
    if (counts->runs - before > counts->most)
        counts->most = counts->runs - before;
    return done;
}

static struct orders find_orders(struct run *run, void (*body)(void *))
{
    struct strategy *dpor = dpor_new(0);
    struct orders orders;

    bench_run(run, dpor, body);
    orders_find(dpor, run, &orders);
    dpor->free(dpor);
    return orders;
}

/* n: how many pairs there should be.  The first k of them, for each k. */
static void check_cut(const char *name, void (*body)(void *), uint32_t n)
{
    struct counts whole = {0};
    struct orders orders;
    struct run run;

    assert_true(bench_init(&run, true));
    assert_true(explore(&run, dpor_new(0), body, &whole));
    orders = find_orders(&run, body);
    if (orders.n != n)
        print_error("%s: %u pairs\n", name, orders.n);
    assert_int_equal(orders.n, n);
    for (orders.n = 0; orders.n <= n; orders.n++) {
        struct counts parts = {0};

        for (uint32_t part = 0; part >> orders.n == 0; part++) {
            struct orders turned = orders_part(&orders, part);

            if (!explore(&run, dpor_ordered_new(&turned), body, &parts)) {
                print_error("%s by %u pairs: part %u is not done\n", name, orders.n, part);
                fail();
            }
        }
        if (parts.runs != whole.runs)
            print_error("%s by %u pairs: %lu runs; %lu whole\n", name, orders.n, parts.runs,
                        whole.runs);
        assert_int_equal(parts.runs, whole.runs);
        assert_int_equal(parts.steps, whole.steps);
        assert_int_equal(parts.deadlocked, whole.deadlocked);
        assert_int_equal(parts.blocked, 0);
    }
    bench_release(&run);
}

/* n Lock and Unlock: n! classes. */
static void lock_by(int n)
{
    struct mutex *mutex = mutex_make(run_current, NULL);

    for (int i = 0; i < n; i++)
        start(lock_unlock, mutex);
    chan_recv(run_current, NULL, NULL, &(bool){false});
}

static void five_lock(void *arg)
{
    (void)arg;
    lock_by(5);
}

static void six_lock(void *arg)
{
    (void)arg;
    lock_by(6);
}

static void test_parts_are_the_whole(void **state)
{
    (void)state;
    /* two of three goroutines, then the third with one of them: a forest has an edge less than
     * nodes */
    check_cut("three_lock", three_lock, 2);
    check_cut("five_lock", five_lock, 4);
    check_cut("six_lock", six_lock, 5);
    check_cut("philosophers", philosophers, 1);
    check_cut("nothing", three_done, 0);
}

/* 5! classes by two pairs with no goroutine in common: 30 in each part. */
static void test_parts_are_of_one_size(void **state)
{
    struct counts counts = {0};
    struct orders orders;
    struct run run;

    (void)state;
    assert_true(bench_init(&run, true));
    orders = find_orders(&run, five_lock);
    orders.n = 2;
    for (uint32_t part = 0; part < 4; part++) {
        struct orders turned = orders_part(&orders, part);

        assert_true(explore(&run, dpor_ordered_new(&turned), five_lock, &counts));
    }
    assert_int_equal(counts.runs, 120);
    assert_int_equal(counts.most, 30);
    bench_release(&run);
}

/* To lock after one's own unlock: there is no such run, and the other part is the whole. */
static void test_an_order_that_cannot_be(void **state)
{
    struct counts none = {0}, all = {0};
    struct orders orders, turned;
    struct run run;

    (void)state;
    assert_true(bench_init(&run, true));
    orders = find_orders(&run, five_lock);
    orders.n = 1;
    orders.at[0].first.nth = 2;
    orders.at[0].second = orders.at[0].first;
    orders.at[0].second.nth = 1;
    turned = orders_part(&orders, 1);
    assert_true(explore(&run, dpor_ordered_new(&orders), five_lock, &none));
    assert_true(explore(&run, dpor_ordered_new(&turned), five_lock, &all));
    assert_int_equal(none.runs, 0);
    assert_int_equal(all.runs, 120);
    bench_release(&run);
}

/* Orders that are none: said. */
static void test_not_parts(void **state)
{
    struct orders orders;
    struct counts counts = {0};
    struct run run;

    (void)state;
    assert_true(bench_init(&run, true));
    orders = find_orders(&run, five_lock);
    orders.n = 1;
    /* their Dones commute: each class would be in both parts */
    orders.at[0].first.nth = orders.at[0].second.nth = 1;
    assert_false(explore(&run, dpor_ordered_new(&orders), three_done, &counts));
    /* steps of nobody */
    orders.at[0] = (struct order){{12345, 1}, {67890, 1}};
    assert_false(explore(&run, dpor_ordered_new(&orders), five_lock, &counts));
    bench_release(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_are_the_whole),
        cmocka_unit_test(test_parts_are_of_one_size),
        cmocka_unit_test(test_an_order_that_cannot_be),
        cmocka_unit_test(test_not_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
