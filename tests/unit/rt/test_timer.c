/* test_timer.c -- timers come out in the order of (deadline, order of arming). */
#include "rt/timer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

enum { N = 500 };

static void test_order(void **state)
{
    static struct timer timers[N];
    struct timer_heap heap = {0};
    uint32_t x = 1;
    int64_t last = -1;
    uint64_t last_order = 0;
    size_t armed = 0;

    (void)state;
    for (int i = 0; i < N; i++) {
        x = x * 1664525 + 1013904223;
        assert_true(timer_arm(&heap, &timers[i], x >> 26)); /* many ties */
    }
    for (int i = 0; i < N; i += 3) {
        assert_true(timer_disarm(&heap, &timers[i]));
        assert_false(timer_disarm(&heap, &timers[i]));
    }
    for (struct timer *t; (t = timer_first(&heap)); armed++) {
        assert_true(t->when > last || (t->when == last && t->order > last_order));
        assert_int_not_equal((t - timers) % 3, 0);
        last = t->when;
        last_order = t->order;
        timer_disarm(&heap, t);
    }
    assert_int_equal(armed, N - (N + 2) / 3);
    timer_heap_release(&heap);
}

static void test_clear(void **state)
{
    struct timer timer = {0};
    struct timer_heap heap = {0};

    (void)state;
    assert_null(timer_first(&heap));
    timer_arm(&heap, &timer, 5);
    timer_heap_clear(&heap);
    assert_null(timer_first(&heap));
    timer_heap_release(&heap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_clear),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
